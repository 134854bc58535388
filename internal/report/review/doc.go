// Package review reads evidence with the eyes of a referee: what would be attacked in a
// paper that rests on these runs, and how to mend it.
package review
