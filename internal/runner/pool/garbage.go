package pool

import (
	"math"
	"runtime/debug"
)

// headroom is memory that the collector counts and nothing touches, so that the machine does not give it.
// The collector runs when there is as much garbage as memory in use. Small cells use next to none,
// and it would run after every few hundred of them. Where memory has a limit there is no room for this.
func headroom() []byte {
	const garbage = 16 << 20
	if debug.SetMemoryLimit(-1) < math.MaxInt64 {
		return nil
	}
	return make([]byte, garbage)
}
