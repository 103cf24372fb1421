//! Nothing lost, nobody let in: the program killed, crowded, starved and fed with the worst.

mod articles;
mod crash;
mod feeds;
mod place;
mod together;
