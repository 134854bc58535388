package data

import "sync"

// cache keeps samples for the life of the program, so that a grid of a hundred problems
// reads a file once. A failure is not kept.
var cache = struct {
	sync.Mutex
	entries map[any]*cached
}{entries: map[any]*cached{}}

type cached struct {
	sync.Mutex
	samples *Samples
}

// loadOnce is the samples under a key, loaded by whoever comes first while the others
// wait.
func loadOnce(key any, load func() (*Samples, error)) (*Samples, error) {
	cache.Lock()
	entry := cache.entries[key]
	if entry == nil {
		entry = &cached{}
		cache.entries[key] = entry
	}
	cache.Unlock()

	entry.Lock()
	defer entry.Unlock()
	if entry.samples != nil {
		return entry.samples, nil
	}
	samples, err := load()
	entry.samples = samples
	return samples, err
}
