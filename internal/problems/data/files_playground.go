//go:build playground

package data

import "embed"

// A page loads the small data sets only.
//
//go:embed embedded/iris.csv.gz embedded/wine.csv.gz embedded/diabetes.csv.gz
var files embed.FS
