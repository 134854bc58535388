// Package random holds the two sources of random numbers that results depend on: streams
// of named axes, and the minimal standard generator, whose data anyone can draw again.
package random

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strconv"
)

// NewSource is the random stream of named axes: the suite's seed, then what distinguishes
// the stream from others (problem, repeat, purpose). A method's name is never among
// them, so that all methods meet the same starts, batches and noise.
func NewSource(seed uint64, axes ...any) *rand.PCG {
	var room [1024]byte
	text := strconv.AppendUint(room[:0], seed, 10)
	for _, a := range axes {
		text = append(text, 0)
		switch a := a.(type) {
		case string:
			text = append(text, a...)
		case int:
			text = strconv.AppendInt(text, int64(a), 10)
		default:
			text = fmt.Append(text, a)
		}
	}
	sum := sha256.Sum256(text)
	return rand.NewPCG(binary.LittleEndian.Uint64(sum[:]), binary.LittleEndian.Uint64(sum[8:]))
}
