// Package plots makes the figures of a report from evidence: one file a kind of figure, all
// of them in List, which says how they are called and what they show. A figure is plain
// data; packages draw and page render it.
package plots
