//! Text that is put together while a program is compiled: the message of a constant that panics.

/// How much fits in; what is longer is cut off.
const LENGTH: usize = 4096;

/// A text in the making.
pub(crate) struct Text {
    bytes: [u8; LENGTH],
    length: usize,
}

impl Text {
    /// A name in backticks.
    pub(crate) const fn quoted(name: &str) -> Self {
        Self { bytes: [0; LENGTH], length: 0 }.quote(name)
    }

    /// Adds a name in backticks.
    pub(crate) const fn quote(self, name: &str) -> Self {
        self.add("`").add(name).add("`")
    }

    /// Adds a text, if the whole of it fits in.
    pub(crate) const fn add(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if text.len() > LENGTH - self.length {
            return self;
        }
        let mut i = 0;
        while i < text.len() {
            self.bytes[self.length] = text[i];
            self.length += 1;
            i += 1;
        }
        self
    }

    pub(crate) const fn get(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn what_does_not_fit_is_left_out() {
        let mut text = Text::quoted("größe").add(" is ");
        for _ in 0..1000 {
            text = text.quote("größe");
        }
        assert!(text.get().starts_with("`größe` is `größe`"));
        assert!(text.get().len() > 4000);
    }
}
