// Package tables makes the tables of a report from evidence, and the summary for the
// terminal. A table is plain data; package table writes it in each format.
package tables
