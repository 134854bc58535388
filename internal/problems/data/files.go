//go:build !playground

package data

import "embed"

// The files and who made them: see embedded/ATTRIBUTION.md.
//
//go:embed embedded
var files embed.FS
