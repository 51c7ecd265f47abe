//! A list of keys of any length for MySQL and MariaDB.
//!
//! A value that is bound is compared under the collation of the column that it is compared with, and so is a part that
//! `SUBSTRING` takes from it; a text that comes out of JSON is not. So the texts of some keys are one value, and JSON says
//! where each of them begins. `SUBSTRING` counts the characters of a text from its beginning, which is why there are only
//! some in each.

use diesel::QueryResult;
use diesel::mysql::Mysql;
use diesel::query_builder::AstPass;
use diesel::sql_types::{Binary, Text};
use serde_json::Value;

use crate::key::{KeyForm, KeyPart, KeyValue, SeePart};
use crate::keys::{PARENT, PARENT_COLUMNS};
use crate::through::{WriteColumn, write_columns, write_row};

/// How many keys are in one chunk. More of them make fewer values, fewer make less to be counted.
const CHUNK: usize = 50;

/// Up to how many chunks the number of them is one of a few, so that the statements can be cached.
const FEW: usize = 8;

/// Keys in chunks.
pub struct Packed {
    kinds: Vec<Kind>,
    chunks: Vec<Chunk>,
}

/// Some keys: the texts and the bytes of all of them, and in JSON an array for each key, which has its numbers, and of its
/// texts and bytes where each begins and how long it is.
#[derive(Default)]
struct Chunk {
    json: String,
    text: String,
    /// How many characters the text has.
    characters: usize,
    bytes: Vec<u8>,
}

/// What a part of the keys is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    /// A number beyond those that have a sign.
    LargeNumber,
    Text,
    Bytes,
}

impl Packed {
    pub(crate) fn new<K: KeyValue>(keys: &[K]) -> Self {
        if keys.is_empty() {
            return Self::of_unknown::<K>();
        }
        let mut kinds = Kinds { kinds: vec![Kind::Number; K::BYTES.len()], part: 0 };
        keys.iter().for_each(|key| key.show(&mut kinds));
        let mut chunks: Vec<_> = keys.chunks(CHUNK).map(Chunk::new).collect();
        if chunks.len() > 1 && chunks.len() < FEW {
            chunks.resize_with(FEW, || Chunk { json: "[]".to_owned(), ..Chunk::default() });
        }
        Self { kinds: kinds.kinds, chunks }
    }

    /// A key that is not known, in a statement that is only written.
    fn of_unknown<K: KeyValue>() -> Self {
        let kinds = std::iter::zip(K::BYTES, K::STRINGS).map(|kinds| match kinds {
            (true, _) => Kind::Bytes,
            (_, true) => Kind::Text,
            _ => Kind::Number,
        });
        Self { kinds: kinds.collect(), chunks: vec![Chunk::default()] }
    }

    /// Writes the condition that the `column`s are among the keys.
    pub(crate) fn write_among<'b>(
        &'b self,
        column: WriteColumn<'_, Mysql>,
        mut out: AstPass<'_, 'b, Mysql>,
    ) -> QueryResult<()> {
        write_row(self.kinds.len(), column, out.reborrow())?;
        out.push_sql(" IN (");
        self.write_keys(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }

    /// Writes the keys as the table of parents.
    pub(crate) fn write_parents<'b>(&'b self, mut out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        out.push_sql("(");
        self.write_keys(out.reborrow())?;
        out.push_sql(") AS ");
        out.push_identifier(PARENT)
    }

    fn write_keys<'b>(&'b self, mut out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        if self.chunks.len() > FEW {
            out.unsafe_to_cache_prepared();
        }
        out.push_sql("SELECT ");
        let column = |part: usize, mut out: AstPass<'_, '_, Mysql>| {
            out.push_sql(&match self.kinds[part] {
                Kind::Number | Kind::LargeNumber => format!("`j`.`a{part}`"),
                Kind::Text => format!("SUBSTRING(`c`.`t`, `j`.`a{part}`, `j`.`n{part}`)"),
                Kind::Bytes => format!("SUBSTRING(`c`.`b`, `j`.`a{part}`, `j`.`n{part}`)"),
            });
            out.push_sql(" AS ");
            out.push_identifier(PARENT_COLUMNS[part])
        };
        write_columns(self.kinds.len(), column, out.reborrow())?;
        out.push_sql(" FROM (");
        for (i, chunk) in self.chunks.iter().enumerate() {
            out.push_sql(if i > 0 { " UNION ALL SELECT " } else { "SELECT " });
            let name = |name| if i > 0 { "" } else { name };
            if self.kinds.contains(&Kind::Text) {
                // A text that is bound by itself becomes a `CHAR`, which has no blanks at its end.
                out.push_sql("CONCAT(");
                out.push_bind_param::<Text, str>(&chunk.text)?;
                out.push_sql(name(") AS `t`"));
                out.push_sql(if i > 0 { "), " } else { ", " });
            }
            if self.kinds.contains(&Kind::Bytes) {
                out.push_sql("CONCAT(");
                out.push_bind_param::<Binary, [u8]>(&chunk.bytes)?;
                out.push_sql(name(") AS `b`"));
                out.push_sql(if i > 0 { "), " } else { ", " });
            }
            out.push_bind_param::<Text, str>(&chunk.json)?;
            out.push_sql(name(" AS `p`"));
        }
        out.push_sql(") AS `c`, JSON_TABLE(`c`.`p`, '$[*]' COLUMNS (");
        let mut place = 0;
        for (part, kind) in self.kinds.iter().enumerate() {
            out.push_sql(if part > 0 { ", " } else { "" });
            let (number, length) = match kind {
                Kind::Number => ("BIGINT", false),
                Kind::LargeNumber => ("BIGINT UNSIGNED", false),
                Kind::Text | Kind::Bytes => ("INT", true),
            };
            out.push_sql(&format!("`a{part}` {number} PATH '$[{place}]'"));
            place += 1;
            if length {
                out.push_sql(&format!(", `n{part}` INT PATH '$[{place}]'"));
                place += 1;
            }
        }
        out.push_sql(")) AS `j`");
        Ok(())
    }
}

impl Chunk {
    fn new<K: KeyValue>(keys: &[K]) -> Self {
        let mut chunk = Self::default();
        chunk.json.push('[');
        for key in keys {
            chunk.json.push('[');
            key.show(&mut chunk);
            chunk.close();
            chunk.json.push(',');
        }
        chunk.close();
        chunk
    }

    /// Ends an array, whose values each have a comma behind them.
    fn close(&mut self) {
        self.json.pop();
        self.json.push(']');
    }

    /// Says where something begins and how long it is.
    fn place(&mut self, before: usize, length: usize) {
        // SQL counts from one.
        self.json.push_str(&format!("{},{length}", before + 1));
    }
}

impl SeePart for Chunk {
    fn see<P: KeyPart>(&mut self, part: &P) {
        match P::FORM {
            KeyForm::Json(write) => {
                let begin = self.json.len();
                write(part, &mut self.json);
                let value = read(&self.json[begin..]);
                if let Value::Bool(boolean) = value {
                    self.json.truncate(begin);
                    self.json.push(if boolean { '1' } else { '0' });
                } else if let Value::String(text) = value {
                    self.json.truncate(begin);
                    let length = text.chars().count();
                    self.place(self.characters, length);
                    self.characters += length;
                    self.text.push_str(&text);
                }
            }
            KeyForm::Bytes(bytes) => {
                let bytes = bytes(part);
                self.place(self.bytes.len(), bytes.len());
                self.bytes.extend_from_slice(bytes);
            }
            KeyForm::Bound => unreachable!("a key with such a part is bound as a whole"),
        }
        self.json.push(',');
    }
}

/// The value that is written in JSON.
fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

/// What the parts of keys are.
struct Kinds {
    kinds: Vec<Kind>,
    /// Which part is seen next.
    part: usize,
}

impl SeePart for Kinds {
    fn see<P: KeyPart>(&mut self, part: &P) {
        let kind = match P::FORM {
            KeyForm::Bytes(_) => Kind::Bytes,
            KeyForm::Json(write) => {
                let mut json = String::new();
                write(part, &mut json);
                match read(&json) {
                    Value::String(_) => Kind::Text,
                    Value::Number(number) if number.is_u64() && !number.is_i64() => {
                        Kind::LargeNumber
                    }
                    _ => self.kinds[self.part],
                }
            }
            KeyForm::Bound => unreachable!("a key with such a part is bound as a whole"),
        };
        self.kinds[self.part] = kind;
        self.part = (self.part + 1) % self.kinds.len();
    }
}

#[cfg(test)]
mod tests {
    use diesel::debug_query;
    use diesel::query_builder::QueryFragment;

    use super::*;

    struct Parents(Packed);

    impl QueryFragment<Mysql> for Parents {
        fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
            self.0.write_parents(out)
        }
    }

    #[track_caller]
    fn check<K: KeyValue>(keys: &[K], sql: &str, binds: &str) {
        let parents = Parents(Packed::new(keys));
        assert_eq!(debug_query(&parents).to_string(), format!("{sql} -- binds: {binds}"));
    }

    #[test]
    fn texts_are_one_value() {
        check(
            &["a ".to_owned(), "\"é".to_owned(), String::new()],
            "(SELECT SUBSTRING(`c`.`t`, `j`.`a0`, `j`.`n0`) AS `0` FROM (SELECT CONCAT(?) AS `t`, ? AS `p`) AS `c`, \
             JSON_TABLE(`c`.`p`, '$[*]' COLUMNS (`a0` INT PATH '$[0]', `n0` INT PATH '$[1]')) AS `j`) AS `~`",
            r#"["a \"é", "[[1,2],[3,2],[5,0]]"]"#,
        );
    }

    #[test]
    fn numbers_are_values_of_the_array() {
        check(
            &[1, -20],
            "(SELECT `j`.`a0` AS `0` FROM (SELECT ? AS `p`) AS `c`, \
             JSON_TABLE(`c`.`p`, '$[*]' COLUMNS (`a0` BIGINT PATH '$[0]')) AS `j`) AS `~`",
            r#"["[[1],[-20]]"]"#,
        );
    }

    #[test]
    fn numbers_may_have_no_sign_and_booleans_are_numbers() {
        check(
            &[(true, u64::MAX), (false, 0)],
            "(SELECT `j`.`a0` AS `0`, `j`.`a1` AS `1` FROM (SELECT ? AS `p`) AS `c`, \
             JSON_TABLE(`c`.`p`, '$[*]' COLUMNS (`a0` BIGINT PATH '$[0]', `a1` BIGINT UNSIGNED PATH '$[1]')) AS `j`) AS `~`",
            r#"["[[1,18446744073709551615],[0,0]]"]"#,
        );
    }

    #[test]
    fn parts_of_all_kinds_go_together() {
        check(
            &[(vec![1_u8, 2], 7, "x".to_owned()), (vec![3], 8, "yz".to_owned())],
            "(SELECT SUBSTRING(`c`.`b`, `j`.`a0`, `j`.`n0`) AS `0`, `j`.`a1` AS `1`, \
             SUBSTRING(`c`.`t`, `j`.`a2`, `j`.`n2`) AS `2` FROM (SELECT CONCAT(?) AS `t`, CONCAT(?) AS `b`, ? AS `p`) AS `c`, \
             JSON_TABLE(`c`.`p`, '$[*]' COLUMNS (`a0` INT PATH '$[0]', `n0` INT PATH '$[1]', \
             `a1` BIGINT PATH '$[2]', `a2` INT PATH '$[3]', `n2` INT PATH '$[4]')) AS `j`) AS `~`",
            r#"["xyz", [1, 2, 3], "[[1,2,7,1,1],[3,1,8,2,2]]"]"#,
        );
    }

    #[test]
    fn many_keys_are_in_few_statements() {
        let sql = |count: i32| {
            let keys: Vec<_> = (0..count).map(|key| key.to_string()).collect();
            let parents = Parents(Packed::new(&keys));
            let sql = debug_query::<Mysql, _>(&parents).to_string();
            sql.split(" -- ").next().expect("a part before the binds").to_owned()
        };
        assert_eq!(sql(1), sql(50));
        assert_ne!(sql(50), sql(51));
        assert_eq!(sql(51), sql(400));
    }
}
