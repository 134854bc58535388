package results

// Lock does nothing: a program in a browser or under Node has no locks of files.
func Lock(string) (unlock func() error, err error) { return func() error { return nil }, nil }

func isLocked(string) bool { return false }
