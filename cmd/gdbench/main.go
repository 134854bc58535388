// Command gdbench compares descent methods. See the README.
package main

import (
	"os"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

func main() {
	app.Main(os.Args)
}
