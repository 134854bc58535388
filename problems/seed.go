package problems

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
)

// NewSource is the random stream of named axes: the suite's seed, then whatever tells
// the stream from others (problem, repeat, purpose). A method's name is never among
// them, so that all methods meet the same starts, batches and noise.
func NewSource(seed uint64, axes ...any) *rand.PCG {
	h := sha256.New()
	fmt.Fprintf(h, "%d", seed)
	for _, a := range axes {
		fmt.Fprintf(h, "\x00%v", a)
	}
	sum := h.Sum(nil)
	return rand.NewPCG(binary.LittleEndian.Uint64(sum), binary.LittleEndian.Uint64(sum[8:]))
}
