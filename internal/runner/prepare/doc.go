// Package prepare does what a run needs before its first cell: it builds the problems of a
// suite with their facts and f*, takes the digests of the data files, collects notes for the
// user, and finds how many workers fit into memory. What cannot work is known here, before
// anything is written or computed.
package prepare
