//! Nothing lost, nobody let in: the program killed, crowded, starved and fed with the worst.

mod articles;
mod crash;
mod damage;
mod feeds;
mod hostile;
mod place;
mod together;
