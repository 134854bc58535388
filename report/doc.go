// Package report turns runs into understanding: tables, figures, and warnings about what
// they cannot show. It reads run files and nothing else; no descent is run again.
//
//  1. Gather reads the records of one or several runs, one by one, into Evidence: for
//     each problem and each method with its settings (an Entry) the runs (Cells) that
//     differ in their repeat.
//  2. Evidence answers questions: Tables and Figures, which are plain data (packages
//     table and figure). Across problems a Contest enters each method with one setting.
//  3. Write puts them into a folder: tables as text, Markdown, CSV, LaTeX and JSON,
//     figures as SVG and PNG (package draw) with their numbers as CSV, and all of it as
//     one page to look around in (package page).
//  4. Review reads the same evidence with the eyes of a referee.
//
// Throughout, a run that did not reach a target has spent infinitely much on it, a
// diverged run ends infinitely high, and medians and quartiles are taken with these
// infinities, so that failure cannot be hidden by leaving it out. Where f* is unknown the
// reference is the best value seen, and everything that rests on it says so.
package report
