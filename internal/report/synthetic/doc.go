// Package synthetic makes runs with a known course, for tests of everything that reads runs.
package synthetic
