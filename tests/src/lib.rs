//! Tests of the whole system, from outside: browser, promises, isolation, faults. They live in `tests/tests`; this library is empty.
