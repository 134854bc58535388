package losses

// Shared reports whether a sum has been taken apart for several workers.
func (l *linear) Shared() bool { return l.shared != nil }
