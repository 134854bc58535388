// Package presets gives short names to combinations of a direction and a step rule that
// have a name of their own, one a file.
package presets
