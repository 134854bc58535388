// Package export writes runs in the formats of other programs. A format reads the records of a
// run one at a time, so that a run need not fit into memory.
//
//  1. Survey goes through the records without their curves: which columns a table has, which
//     cells a format can hold.
//  2. Each record becomes rows of a table (Table), lines of a log (COCO, IOH), or samples of
//     a benchmark (benchfmt and the trackers), from which the format is written.
//
// Two rules hold for all formats. A target that was missed is never a number that could be
// taken for a good one: its cost is null, left out, or counted among the misses. And what a
// format cannot hold is left out and said, never bent until it fits.
package export
