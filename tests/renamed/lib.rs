//! `upfront` is called `orm` here.
