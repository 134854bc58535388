// Fused has a loss with a sum that a compiler may fuse, to show that the test of the house
// would find one.
package main

import (
	"os"
	"strconv"
)

//go:noinline
func loss(x, y, z float64) float64 { return x*y + z }

func main() {
	var v [3]float64
	for i := range v {
		v[i], _ = strconv.ParseFloat(os.Args[i], 64)
	}
	println(loss(v[0], v[1], v[2]))
}
