// Package page holds the page of the playground: files without a framework and without anything
// from the network, which gdbench serves and which the static site has.
package page

import (
	"embed"
	"io/fs"
)

//go:embed assets
var assets embed.FS

// Files are those of the page.
func Files() fs.FS {
	files, err := fs.Sub(assets, "assets")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return files
}
