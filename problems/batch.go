package problems

import "math/rand/v2"

// batches deals the samples of an epoch out in batches.
type batches struct {
	rng     *rand.Rand
	samples int
	size    int

	order []int32 // by shuffling: the epoch's order; with replacement: the batch
	from  int
	draw  bool // with replacement
}

// newBatches deals by the stream of the run's seed. The order of samples is the same for
// every batch size, so that sizes are compared on the same samples.
func newBatches(samples int, options OracleOptions) *batches {
	b := &batches{
		rng: options.Seed.Rand("batches"), samples: samples, size: options.Batch,
		draw: options.Replacement,
	}
	if b.draw {
		b.order = make([]int32, b.size)
		return b
	}
	b.order = make([]int32, samples)
	for i := range b.order {
		b.order[i] = int32(i)
	}
	b.from = samples // shuffle before the first batch
	return b
}

// next is the next batch, valid until the following call. By shuffling, the last batch
// of an epoch is what is left.
func (b *batches) next() []int32 {
	if b.draw {
		for i := range b.order {
			b.order[i] = int32(b.rng.IntN(b.samples))
		}
		return b.order
	}
	if b.from == b.samples {
		b.rng.Shuffle(b.samples, func(i, j int) { b.order[i], b.order[j] = b.order[j], b.order[i] })
		b.from = 0
	}
	to := min(b.from+b.size, b.samples)
	batch := b.order[b.from:to]
	b.from = to
	return batch
}
