package simd

import (
	"math/rand/v2"
	"syscall"
	"testing"
	"unsafe"
)

// fence has lists of numbers between pages that nothing may read.
type fence struct {
	memory []byte
	rng    *rand.Rand
}

func newFence(t *testing.T, numbers int) *fence {
	page := syscall.Getpagesize()
	size := (8*numbers+page-1)/page*page + 2*page
	memory, err := syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(memory) })
	for _, outside := range [][]byte{memory[:page], memory[size-page:]} {
		if err := syscall.Mprotect(outside, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	return &fence{memory[page : size-page], rand.New(rand.NewPCG(7, 8))}
}

// list is so many random numbers that begin at the first page or end at the last.
func (f *fence) list(numbers int) []float64 {
	all := unsafe.Slice((*float64)(unsafe.Pointer(&f.memory[0])), len(f.memory)/8)
	x := all[:numbers:numbers]
	if f.rng.IntN(2) == 0 {
		x = all[len(all)-numbers:]
	}
	copy(x, draw(f.rng, numbers, 0))
	return x
}

// Products and steps read and write nothing beside their slices, whatever the size and the strides, 0 among them:
// a number that is read without need changes no result, but its page may not be there.
func TestNothingIsReadBeside(t *testing.T) {
	const most = 1 << 14
	var fences [7]*fence
	for k := range fences {
		fences[k] = newFence(t, most)
	}
	rng := rand.New(rand.NewPCG(9, 10))
	strides := func(rows, columns int) (row, column int) {
		row, column = columns+rng.IntN(3), 1
		if rng.IntN(2) == 0 {
			row, column = 1, rows+rng.IntN(3)
		}
		return row * min(1, rng.IntN(6)), column * min(1, rng.IntN(6))
	}
	versions(t, func(name string) {
		for range 1500 {
			m, n, k := 1+rng.IntN(60), 1+rng.IntN(60), 1+rng.IntN(40)
			row, column := strides(m, k)
			brow, bcolumn := strides(k, n)
			a, v := fences[0].list((m-1)*row+(k-1)*column+1), fences[1].list((k-1)*brow+(n-1)*bcolumn+1)
			stride := n + rng.IntN(3)
			c := fences[2].list((m-1)*stride + n)
			b := Panels{values: fences[3].list(k * roundUp(n, widest))}
			b.Pack(v, brow, bcolumn, k, n)
			b.Times(c, stride, a, row, column, m, rng.IntN(2) == 0)
			StepByRoots(fences[4].list(m), 1, fences[5].list(m), fences[6].list(m), 1, 1e-8)
		}
	})
}

// A logistic pass reads and writes nothing beside its slices either.
func TestLogisticPassReadsNothingBeside(t *testing.T) {
	var fences [4]*fence
	for k := range fences {
		fences[k] = newFence(t, 1<<12)
	}
	rng := rand.New(rand.NewPCG(11, 12))
	passes(t, func(*testing.T) {
		for range 500 {
			columns, count := 1+rng.IntN(30), 1+rng.IntN(20)
			m := Matrix{Values: fences[0].list(count * columns), Columns: columns}
			rows := make([]int32, rng.IntN(40))
			for k := range rows {
				rows[k] = int32(rng.IntN(count))
			}
			m.LogisticPass(fences[1].list(columns), rows, fences[2].list(len(rows)), fences[3].list(columns), 8)
		}
	})
}

// Neither do secant pairs.
func TestSecantReadsNothingBeside(t *testing.T) {
	var fences [7]*fence
	for k := range fences {
		fences[k] = newFence(t, 1<<8)
	}
	both(t, func(*testing.T) {
		for n := range 200 {
			var v [7][]float64
			for k := range v {
				v[k] = fences[k].list(n)
			}
			Secant(v[0], v[1], v[2], v[3], v[4], v[5], v[6])
		}
	})
}
