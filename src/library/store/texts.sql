-- A text is kept deflated where that makes it shorter, and then `text` is empty. What was kept before stays as it is.
ALTER TABLE body ADD COLUMN packed BLOB;
ALTER TABLE revision ADD COLUMN packed BLOB;
