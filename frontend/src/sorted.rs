//! Maps and sets in order, for the few thousand things that one person has.
//!
//! A vector that is searched by halves: the trees of the standard library are quicker for millions
//! and bring a page ten times the code.

/// Values by their keys, in the order of the keys.
#[derive(Clone, Debug, PartialEq)]
pub struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(key))
    }

    pub fn get(&self, key: &K) -> Option<&V> {
        let place = self.place(key).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// The last value of a key is the one that stays.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (key, value)),
        }
    }

    /// Takes away what comes first, until no more than so many are left.
    pub fn keep_last(&mut self, most: usize) {
        self.0.drain(..self.0.len().saturating_sub(most));
    }

    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }
}

/// Keys, in their order, each once.
#[derive(Clone, Debug, PartialEq)]
pub struct SortedSet<K>(Vec<K>);

impl<K> Default for SortedSet<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord> SortedSet<K> {
    pub fn contains(&self, key: &K) -> bool {
        self.0.binary_search(key).is_ok()
    }

    /// Whether it was not there.
    pub fn insert(&mut self, key: K) -> bool {
        let place = self.0.binary_search(&key);
        if let Err(place) = place {
            self.0.insert(place, key);
        }
        place.is_err()
    }

    /// Whether it was there.
    pub fn remove(&mut self, key: &K) -> bool {
        let place = self.0.binary_search(key);
        if let Ok(place) = place {
            self.0.remove(place);
        }
        place.is_ok()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, K> {
        self.0.iter()
    }
}

impl<K: Ord> Extend<K> for SortedSet<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        for key in keys {
            self.insert(key);
        }
    }
}

impl<'a, K> IntoIterator for &'a SortedSet<K> {
    type Item = &'a K;
    type IntoIter = std::slice::Iter<'a, K>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_keeps_its_keys_in_order_and_each_once() {
        let mut map = SortedMap::default();
        for (key, value) in [(3, 'c'), (1, 'a'), (2, 'x'), (2, 'b')] {
            map.insert(key, value);
        }

        assert_eq!(map.values().collect::<String>(), "abc");
        assert_eq!(map.get(&2), Some(&'b'));
        assert_eq!(map.get(&4), None);
        map.keep_last(2);
        assert_eq!(map.values().rev().collect::<String>(), "cb");
    }

    #[test]
    fn a_set_tells_what_is_new_to_it() {
        let mut set = SortedSet::default();
        set.extend([2, 1]);

        assert!(set.insert(3) && !set.insert(2));
        assert!(set.remove(&1) && !set.remove(&1));
        assert!(set.contains(&2) && !set.contains(&1));
        assert_eq!(set.iter().collect::<Vec<_>>(), [&2, &3]);
    }
}
