//! Dates and times as keys.
//!
//! SQLite has no type for them: a key there is the text that a column holds, in whatever format, and is compared and sent
//! as that text. Other databases have a value.

use std::cmp::Ordering;
use std::fmt;

use diesel::backend::Backend;
use diesel::query_builder::BindCollector;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Date, Text, Time, Timestamp};

use crate::dialect::SeveralBackends;
use crate::{AsKey, KeyForm, KeyPart, SqlKey};

/// A date or a time as it is compared: a value, or the text that SQLite holds in its place.
#[derive(Clone)]
pub enum Moment<T> {
    /// A value.
    Value(T),
    /// A text of SQLite's.
    Text(String),
}

/// A value that Diesel writes to SQLite as a text.
pub trait AsText: Clone + Ord + fmt::Debug + Send + Sync + 'static {
    /// That text.
    fn as_text(&self) -> String;
}

impl<T: AsText> Moment<T> {
    fn text(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Value(value) => value.as_text().into(),
            Self::Text(text) => text.into(),
        }
    }
}

impl<T: AsText> Ord for Moment<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Value(one), Self::Value(other)) => one.cmp(other),
            // All of one load are values or all are texts, but for keys that the program has already.
            _ => self.text().cmp(&other.text()),
        }
    }
}

impl<T: AsText> PartialOrd for Moment<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: AsText> PartialEq for Moment<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T: AsText> Eq for Moment<T> {}

/// As errors name it.
impl<T: AsText> fmt::Debug for Moment<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl<T: AsText> KeyPart for Moment<T> {
    const FORM: KeyForm<Self> = KeyForm::Json(|moment, json| {
        json.push_str(&serde_json::Value::from(moment.text()).to_string());
    });
    const EXACT: bool = true;
    const STRING: bool = true;
}

impl<T> From<String> for Moment<T> {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: AsText> AsKey<Moment<T>> for T {
    fn as_key(&self) -> Option<Moment<T>> {
        Some(Moment::Value(self.clone()))
    }
}

macro_rules! values {
    ($($feature:literal: $Backend:ty;)*) => {$(
        #[cfg(feature = $feature)]
        impl<T, ST> diesel::deserialize::FromSql<ST, $Backend> for Moment<T>
        where
            T: diesel::deserialize::FromSql<ST, $Backend>,
        {
            fn from_sql(
                value: <$Backend as diesel::backend::Backend>::RawValue<'_>,
            ) -> diesel::deserialize::Result<Self> {
                T::from_sql(value).map(Self::Value)
            }
        }

        #[cfg(feature = $feature)]
        impl<T: ToSql<ST, $Backend> + fmt::Debug, ST> ToSql<ST, $Backend> for Moment<T>
        where
            Self: fmt::Debug,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, $Backend>) -> serialize::Result {
                match self {
                    Self::Value(value) => value.to_sql(out),
                    Self::Text(text) => Err(format!("{text} is a text, not a value").into()),
                }
            }
        }
    )*};
}

values! {
    "postgres": diesel::pg::Pg;
    "mysql": diesel::mysql::Mysql;
}

#[cfg(feature = "sqlite")]
impl<T: AsText, ST> ToSql<ST, diesel::sqlite::Sqlite> for Moment<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, diesel::sqlite::Sqlite>) -> serialize::Result {
        out.set_value(self.text().into_owned());
        Ok(serialize::IsNull::No)
    }
}

/// A connection to one of several databases has each of them write the moment.
impl<T: AsText, ST, DB> ToSql<ST, DB> for Moment<T>
where
    ST: Default,
    DB: SeveralBackends,
    for<'b> (ST, &'b Self): Into<Buffer<'b, DB>>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        out.set_value((ST::default(), self));
        Ok(serialize::IsNull::No)
    }
}

/// What a backend takes a value as.
type Buffer<'b, DB> = <<DB as Backend>::BindCollector<'b> as BindCollector<'b, DB>>::Buffer;

macro_rules! moments {
    ($($(#[$cfg:meta])? $sql:ty => $rust:ty;)*) => {$(
        $(#[$cfg])?
        impl SqlKey for $sql {
            type NotNull = $sql;
            type Value = Moment<$rust>;
            type Stored = Text;
            type StoredValue = String;
        }
    )*};
}

#[cfg(feature = "chrono")]
mod with_chrono {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

    use super::*;

    moments! {
        Date => NaiveDate;
        Time => NaiveTime;
        Timestamp => NaiveDateTime;
        #[cfg(feature = "mysql")]
        diesel::sql_types::Datetime => NaiveDateTime;
        #[cfg(feature = "postgres")]
        diesel::sql_types::Timestamptz => DateTime<Utc>;
    }

    impl AsText for NaiveDate {
        fn as_text(&self) -> String {
            self.to_string()
        }
    }

    impl AsText for NaiveTime {
        fn as_text(&self) -> String {
            self.to_string()
        }
    }

    impl AsText for NaiveDateTime {
        fn as_text(&self) -> String {
            self.to_string()
        }
    }

    impl AsText for DateTime<Utc> {
        fn as_text(&self) -> String {
            self.naive_utc().to_string()
        }
    }
}

/// Where both crates are enabled, keys are compared as chrono has them.
#[cfg(all(feature = "time", not(feature = "chrono")))]
mod with_time {
    use super::*;

    moments! {
        Date => time::Date;
        Time => time::Time;
        Timestamp => time::PrimitiveDateTime;
        #[cfg(feature = "mysql")]
        diesel::sql_types::Datetime => time::PrimitiveDateTime;
        #[cfg(feature = "postgres")]
        diesel::sql_types::Timestamptz => time::OffsetDateTime;
    }

    impl AsText for time::Date {
        fn as_text(&self) -> String {
            format!("{:04}-{:02}-{:02}", self.year(), u8::from(self.month()), self.day())
        }
    }

    impl AsText for time::Time {
        fn as_text(&self) -> String {
            let (hour, minute, second, nano) = self.as_hms_nano();
            let mut text = format!("{hour:02}:{minute:02}:{second:02}");
            if nano > 0 {
                text += format!(".{nano:09}").trim_end_matches('0');
            }
            text
        }
    }

    impl AsText for time::PrimitiveDateTime {
        fn as_text(&self) -> String {
            format!("{} {}", self.date().as_text(), self.time().as_text())
        }
    }

    impl AsText for time::OffsetDateTime {
        fn as_text(&self) -> String {
            let utc = self.to_offset(time::UtcOffset::UTC);
            format!("{} {}", utc.date().as_text(), utc.time().as_text())
        }
    }
}
