// Package pool runs a suite: workers walk the grid, each takes a cell, descends, and hands the
// record to the run file in the order of the grid.
//
// The rooms below it, in the order in which a suite meets them:
//
//  1. suite reads the file and expands the grid.
//  2. prepare builds each problem once, with its facts and f*, and sees to memory.
//  3. descend runs a cell: the method, the oracle, the loop, the observer, the record.
//  4. keep writes the record into the run, and finds runs again: resume, reuse, shards, merge.
//  5. verify checks a run afterwards.
package pool
