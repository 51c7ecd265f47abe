//! Which columns of its own table a spec selects, each once, and where in the row they are.
//!
//! A column that a field lists and a prefetch needs as its key is read for both from one place. All of it is known at
//! compile time: reading a row looks nothing up.

/// The most columns of one table that a spec can select: as many as Diesel lets a table have.
const MOST: usize = 128;

/// The columns that fields want, in the order of the fields; some of them more than once.
pub enum Wanted {
    /// The columns of one field.
    Columns(&'static [&'static str]),
    /// The columns of several fields.
    Fields(&'static [&'static Wanted]),
}

/// The distinct columns of a spec, in the order in which they are selected.
pub struct Layout {
    names: [&'static str; MOST],
    len: usize,
}

impl Layout {
    /// Gives each column that is wanted a place.
    pub const fn of(wanted: &Wanted) -> Self {
        Self { names: [""; MOST], len: 0 }.with(wanted)
    }

    const fn with(mut self, wanted: &Wanted) -> Self {
        let mut i = 0;
        match wanted {
            Wanted::Columns(columns) => {
                while i < columns.len() {
                    self = self.with_column(columns[i]);
                    i += 1;
                }
            }
            Wanted::Fields(fields) => {
                while i < fields.len() {
                    self = self.with(fields[i]);
                    i += 1;
                }
            }
        }
        self
    }

    const fn with_column(mut self, name: &'static str) -> Self {
        if self.find(name).is_none() {
            assert!(self.len < MOST, "a load spec selects at most 128 columns of one table");
            self.names[self.len] = name;
            self.len += 1;
        }
        self
    }

    /// The place of a column, if it was wanted.
    pub(crate) const fn find(&self, name: &str) -> Option<usize> {
        let mut i = 0;
        while i < self.len {
            if same(self.names[i], name) {
                return Some(i);
            }
            i += 1;
        }
        None
    }

    /// The place of a column that was wanted.
    pub const fn place(&self, name: &str) -> usize {
        match self.find(name) {
            Some(place) => place,
            None => panic!("every column that is read was wanted"),
        }
    }

    /// How many columns are selected.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// The columns in the order in which they are selected.
    pub fn names(&self) -> &[&'static str] {
        &self.names[..self.len]
    }
}

/// Whether two names are the same, where `==` is not to be had: in constants.
pub(crate) const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut i = 0;
    while i < one.len() {
        if one[i] != other[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether two lists of names are the same.
pub(crate) const fn all_same(some: &[&str], others: &[&str]) -> bool {
    if some.len() != others.len() {
        return false;
    }
    let mut i = 0;
    while i < some.len() {
        if !same(some[i], others[i]) {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Wanted = Wanted::Fields(&[
        &Wanted::Columns(&["name"]),
        &Wanted::Fields(&[&Wanted::Columns(&["id"]), &Wanted::Columns(&[])]),
        &Wanted::Columns(&["id", "country"]),
    ]);

    #[test]
    fn each_column_is_selected_once_where_it_was_asked_for_first() {
        let layout = Layout::of(&WANTED);
        assert_eq!(layout.names(), ["name", "id", "country"]);
        assert_eq!(layout.len(), 3);
    }

    #[test]
    fn every_column_has_its_place() {
        let layout = const { Layout::of(&WANTED) };
        assert_eq!(["name", "id", "country"].map(|name| layout.place(name)), [0, 1, 2]);
    }
}
