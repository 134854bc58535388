package losses

// Shared reports whether a sum has been taken apart for several workers.
func (l *linear) Shared() bool { return l.shared != nil }

// ShareFrom has sums over so many entries shared until the function that it returns is called.
func ShareFrom(entries int) (restore func()) {
	before := worthSharing
	worthSharing = entries
	return func() { worthSharing = before }
}
