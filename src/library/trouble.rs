use std::io;

use rusqlite::ErrorCode;

/// What kind of trouble with the disk stopped some work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no room left, or more than this user may have.
    Full,
    /// The disk did not take or give what it should.
    Disk,
    /// The database is damaged.
    Damaged,
    /// Another program held the library for too long.
    Busy,
}

impl Trouble {
    /// What kind of trouble is behind an error; none where it is something else.
    pub fn of(error: &anyhow::Error) -> Option<Self> {
        error.chain().find_map(|cause| {
            if let Some(error) = cause.downcast_ref::<rusqlite::Error>() {
                return of_database(error);
            }
            of_disk(cause.downcast_ref::<io::Error>()?)
        })
    }
}

fn of_database(error: &rusqlite::Error) -> Option<Trouble> {
    match error.sqlite_error_code()? {
        ErrorCode::DiskFull => Some(Trouble::Full),
        ErrorCode::SystemIoFailure => Some(Trouble::Disk),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Some(Trouble::Damaged),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Some(Trouble::Busy),
        _ => None,
    }
}

fn of_disk(error: &io::Error) -> Option<Trouble> {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Some(Trouble::Full)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn trouble_is_told_by_what_is_behind_an_error() {
        let database = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        let disk = |kind| io::Error::from(kind);
        for (error, expected) in [
            (anyhow::Error::new(database(13)), Some(Trouble::Full)),
            (anyhow::Error::new(database(778)), Some(Trouble::Disk)),
            (anyhow::Error::new(database(11)), Some(Trouble::Damaged)),
            (anyhow::Error::new(database(26)), Some(Trouble::Damaged)),
            (anyhow::Error::new(database(5)), Some(Trouble::Busy)),
            (anyhow::Error::new(database(19)), None),
            (
                anyhow::Error::new(disk(io::ErrorKind::StorageFull)),
                Some(Trouble::Full),
            ),
            (anyhow::Error::new(disk(io::ErrorKind::NotFound)), None),
            (anyhow::anyhow!("anything"), None),
        ] {
            let told = Err::<(), _>(error)
                .context("adding articles")
                .expect_err("an error");
            assert_eq!(Trouble::of(&told), expected, "{told:#}");
        }
    }
}
