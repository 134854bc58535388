//go:build playground

package data

// inUTF8 is a text as it is: the data sets of a page are UTF-8, and the tables of other encodings would
// be loaded with it.
func inUTF8(text string) (out string, changed bool) { return text, false }
