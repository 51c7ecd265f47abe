//! The SQL aliases of places in a query, made at compile time: a query is walked several times in each load, and
//! writing an alias must cost nothing there.

/// The longest identifier that every backend keeps whole (PostgreSQL's limit, in bytes).
const LONGEST: usize = 63;

/// How many bytes the hash of a long name takes: a `~` and 16 hexadecimal digits.
const HASH: usize = 17;

/// The name of a place, of any length, put together part by part.
#[derive(Clone, Copy)]
pub struct Name {
    /// The beginning of the name.
    bytes: [u8; LONGEST],
    /// The length of the whole name.
    len: usize,
    /// FNV-1a of the whole name: the same on every machine and in every release, so that SQL stays constant.
    hash: u64,
}

impl Name {
    /// A name of one part.
    pub const fn new(part: &str) -> Self {
        Self { bytes: [0; LONGEST], len: 0, hash: 0xcbf2_9ce4_8422_2325 }.then(part)
    }

    /// The name followed by `part`.
    pub const fn then(mut self, part: &str) -> Self {
        let part = part.as_bytes();
        let mut i = 0;
        while i < part.len() {
            if self.len < LONGEST {
                self.bytes[self.len] = part[i];
            }
            self.len += 1;
            self.hash = (self.hash ^ part[i] as u64).wrapping_mul(0x0100_0000_01b3);
            i += 1;
        }
        self
    }

    /// An alias for the place of this name: the name itself, or where it is too long for an identifier its beginning
    /// and a hash of the whole, so that no two places are cut down to one alias.
    pub const fn alias(self) -> Alias {
        let Self { mut bytes, len, hash } = self;
        if len <= LONGEST {
            return Alias { bytes, len };
        }
        let mut end = LONGEST - HASH;
        while is_continuation(bytes[end]) {
            end -= 1;
        }
        bytes[end] = b'~';
        let mut digit = 0;
        while digit < 16 {
            bytes[end + 1 + digit] = b"0123456789abcdef"[(hash >> (60 - 4 * digit)) as usize & 15];
            digit += 1;
        }
        Alias { bytes, len: end + HASH }
    }
}

/// Whether the byte goes on with a character that an earlier one began.
const fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// A name that is short enough for an identifier.
pub struct Alias {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Alias {
    /// The alias as SQL names it.
    pub const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(alias) => alias,
            Err(_) => panic!("a name is cut between its characters"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alias(name: &str) -> String {
        Name::new(name).alias().as_str().to_owned()
    }

    #[test]
    fn a_short_name_is_its_own_alias() {
        assert_eq!(Name::new("books").then(".").then("author").alias().as_str(), "books.author");
        let longest = "b".repeat(63);
        assert_eq!(alias(&longest), longest);
    }

    #[test]
    fn long_names_that_begin_alike_get_different_aliases_that_fit() {
        let long = "b".repeat(80);
        let (one, other) = (alias(&format!("{long}.one")), alias(&format!("{long}.other")));
        assert_ne!(one, other);
        assert_eq!((one.len(), other.len()), (63, 63));
    }

    #[test]
    fn a_long_name_ends_with_the_hash_of_the_whole() {
        // FNV-1a of 64 times `a`, from another implementation.
        assert_eq!(alias(&"a".repeat(64)), format!("{}~db007849f35ebbe5", "a".repeat(46)));
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        for length in 30..40 {
            let alias = alias(&"ü".repeat(length));
            assert!(alias.len() <= 63, "{alias}");
        }
    }
}
