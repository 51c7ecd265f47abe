//! Children go to their parents: the keys of the rows are found and sorted, then each child goes to the group of its key.

use std::sync::Arc;

use crate::cells::Cells;

/// The position of a row whose key is `NULL`, and which therefore has no children.
const NO_KEY: u32 = u32::MAX;

/// What must hold of rows and groups: rather a panic than another row's children.
const IN_STEP: &str = "the rows that are built are those whose keys were taken";

/// The distinct keys of the rows, and which row has which.
pub(crate) struct KeyIndex<K> {
    /// The keys, sorted. They are shared with the query that asks for their children.
    keys: Arc<Vec<K>>,
    /// The position of each key's group.
    group_of: Vec<u32>,
    /// How many groups there are.
    groups: usize,
    /// The position of each row's group; none where each row has a group of its own.
    rows: Option<Vec<u32>>,
    last: usize,
}

impl<K: Ord> KeyIndex<K> {
    /// Takes the key of each row, in the order of the rows.
    pub(crate) fn new(cells: &mut impl Cells<Cell = Option<K>>) -> Self {
        let mut keys = Vec::with_capacity(cells.most());
        let mut count: u32 = 0;
        cells.each(|key| {
            if let Some(key) = key.take() {
                keys.push((key, count));
            }
            count = count.checked_add(1).expect("a load has fewer than 2^32 rows");
        });
        // Rows mostly come sorted by their key: then this is one look at each.
        keys.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let distinct = keys.windows(2).all(|pair| pair[0].0 != pair[1].0);
        let rows = if distinct { None } else { Some(share(&mut keys, count as usize)) };
        let groups = if distinct { count as usize } else { keys.len() };
        let (keys, group_of): (Vec<_>, _) = keys.into_iter().unzip();
        Self { keys: Arc::new(keys), group_of, groups, rows, last: 0 }
    }

    /// The distinct keys, sorted: a database that looks them up one after the other finds what it needs near what it
    /// has just read.
    pub(crate) fn keys(&self) -> &Arc<Vec<K>> {
        &self.keys
    }

    /// The empty groups.
    pub(crate) fn groups<G: Default>(&self) -> Vec<G> {
        (0..self.groups).map(|_| G::default()).collect()
    }

    /// The group of `key`. Children mostly come sorted by their key: it is the last one's or the next.
    pub(crate) fn position(&mut self, key: &K) -> Option<usize> {
        let here = |at: &usize| self.keys.get(*at).is_some_and(|here| here == key);
        let near = [self.last, self.last + 1].into_iter().find(here);
        self.last = near.or_else(|| self.keys.binary_search(key).ok())?;
        Some(self.group_of[self.last] as usize)
    }

    /// The filled groups, to be taken row by row.
    pub(crate) fn grouped<G>(mut self, groups: Vec<G>) -> Grouped<K, G> {
        let groups = match self.rows.take() {
            None => Groups::InOrder(groups.into_iter()),
            Some(rows) => {
                let mut uses = vec![0; groups.len()];
                for row in &rows {
                    if let Some(uses) = uses.get_mut(*row as usize) {
                        *uses += 1;
                    }
                }
                Groups::ByPosition { rows: rows.into_iter(), groups, uses }
            }
        };
        Grouped { index: self, groups, last: NO_KEY }
    }
}

/// Gives each distinct key one group, and says which group each of the rows has.
fn share<K: Ord>(keys: &mut Vec<(K, u32)>, count: usize) -> Vec<u32> {
    let mut rows = vec![NO_KEY; count];
    let mut group = 0;
    for i in 0..keys.len() {
        if i > 0 && keys[i].0 != keys[i - 1].0 {
            group += 1;
        }
        let row = std::mem::replace(&mut keys[i].1, group);
        rows[row as usize] = group;
    }
    keys.dedup_by(|one, other| one.0 == other.0);
    rows
}

/// The children of each row, in the order of the rows.
pub struct Grouped<K, G> {
    index: KeyIndex<K>,
    groups: Groups<G>,
    /// The group that was taken last.
    last: u32,
}

enum Groups<G> {
    /// One group for each row.
    InOrder(std::vec::IntoIter<G>),
    /// Groups that rows may share, and rows without one.
    ByPosition { rows: std::vec::IntoIter<u32>, groups: Vec<G>, uses: Vec<u32> },
}

impl<K, G: Default> Grouped<K, G> {
    /// The children of the next row: moved to the last row that has them, copied for those before.
    ///
    /// `None` where they would have to be copied and cannot.
    pub fn next(&mut self, copy: Option<impl FnOnce(&G) -> G>) -> Option<G> {
        let (rows, groups, uses) = match &mut self.groups {
            Groups::InOrder(groups) => {
                self.last = self.last.wrapping_add(1);
                return Some(groups.next().expect(IN_STEP));
            }
            Groups::ByPosition { rows, groups, uses } => (rows, groups, uses),
        };
        self.last = rows.next().expect(IN_STEP);
        let row = self.last as usize;
        let Some(uses) = uses.get_mut(row) else {
            return Some(G::default());
        };
        *uses -= 1;
        match *uses {
            0 => Some(std::mem::take(&mut groups[row])),
            _ => copy.map(|copy| copy(&groups[row])),
        }
    }

    /// The key of the row whose children were taken last.
    #[cold]
    pub fn last_key(&self) -> Option<&K> {
        let at = self.index.group_of.iter().position(|group| *group == self.last)?;
        Some(&self.index.keys[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Copy = Option<fn(&Vec<u8>) -> Vec<u8>>;

    const COPY: Copy = Some(Clone::clone);
    const NO_COPY: Copy = None;

    fn grouped(keys: &[Option<i32>], children: &[(i32, u8)]) -> Grouped<i32, Vec<u8>> {
        let mut index = KeyIndex::new(&mut keys.to_vec());
        let mut groups = index.groups::<Vec<u8>>();
        for (key, child) in children {
            groups[index.position(key).expect("a known key")].push(*child);
        }
        index.grouped(groups)
    }

    #[test]
    fn rows_without_a_key_have_no_children() {
        let mut groups = grouped(&[None, Some(1), None], &[(1, 10)]);
        assert_eq!(groups.next(NO_COPY), Some(vec![]));
        assert_eq!(groups.next(NO_COPY), Some(vec![10]));
        assert_eq!(groups.next(NO_COPY), Some(vec![]));
    }

    #[test]
    fn children_keep_their_order_whatever_the_order_of_their_keys() {
        let mut groups = grouped(&[Some(1), Some(2)], &[(2, 1), (1, 2), (2, 3), (1, 4)]);
        assert_eq!(groups.next(NO_COPY), Some(vec![2, 4]));
        assert_eq!(groups.next(NO_COPY), Some(vec![1, 3]));
    }

    #[test]
    fn rows_with_one_key_share_its_children() {
        let mut groups = grouped(&[Some(1), Some(1)], &[(1, 10)]);
        assert_eq!(groups.next(COPY), Some(vec![10]));
        assert_eq!(groups.next(COPY), Some(vec![10]));
    }

    #[test]
    fn rows_share_and_lack_children_after_rows_that_did_not() {
        let keys = [Some(1), Some(2), None, Some(2), Some(3)];
        let mut groups = grouped(&keys, &[(3, 30), (2, 20), (1, 10)]);
        let expected = [vec![10], vec![20], vec![], vec![20], vec![30]];
        assert_eq!(expected.map(Some), [(); 5].map(|()| groups.next(COPY)));
    }

    #[test]
    fn what_cannot_be_copied_is_not_lost_silently() {
        let mut groups = grouped(&[Some(1), Some(1)], &[(1, 10)]);
        assert_eq!(groups.next(NO_COPY), None);
    }

    #[test]
    fn each_key_is_asked_for_once_in_order() {
        let keys = [Some(3), None, Some(1), Some(3)];
        assert_eq!(**KeyIndex::new(&mut keys.to_vec()).keys(), [1, 3]);
    }

    #[test]
    fn an_unknown_key_has_no_position() {
        let keys = [Some("a")];
        assert_eq!(KeyIndex::new(&mut keys.to_vec()).position(&"A"), None);
    }

    #[test]
    fn the_key_of_the_last_row_is_known() {
        let mut groups = grouped(&[Some(3), Some(1), None], &[]);
        let mut last_key = || {
            groups.next(NO_COPY);
            groups.last_key().copied()
        };
        assert_eq!([last_key(), last_key(), last_key()], [Some(3), Some(1), None]);

        let mut groups = grouped(&[Some(3), Some(1), None, Some(3)], &[]);
        let mut last_key = || {
            groups.next(COPY);
            groups.last_key().copied()
        };
        assert_eq!([(); 4].map(|()| last_key()), [Some(3), Some(1), None, Some(3)]);
    }
}
