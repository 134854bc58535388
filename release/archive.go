package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"io"
	"os"
	pathpkg "path"
	"time"
)

// Archives have files of one time and of no owner.

// writeTar writes a compressed tar archive.
func writeTar(path, folder string, files []file, when time.Time) error {
	return create(path, func(w io.Writer) error {
		compressed := gzip.NewWriter(w) // its header has neither name nor time
		archive := tar.NewWriter(compressed)
		for _, f := range files {
			header := &tar.Header{Name: folder + "/" + f.name, Mode: int64(f.mode), Size: int64(len(f.data)), ModTime: when, Format: tar.FormatUSTAR}
			if err := archive.WriteHeader(header); err != nil {
				return err
			}
			if _, err := archive.Write(f.data); err != nil {
				return err
			}
		}
		if err := archive.Close(); err != nil {
			return err
		}
		return compressed.Close()
	})
}

// writeZip writes a zip archive. Without a folder the files are at its top.
func writeZip(path, folder string, files []file, when time.Time) error {
	return create(path, func(w io.Writer) error {
		archive := zip.NewWriter(w)
		for _, f := range files {
			header := &zip.FileHeader{Name: pathpkg.Join(folder, f.name), Method: zip.Deflate, Modified: when}
			header.SetMode(f.mode)
			part, err := archive.CreateHeader(header)
			if err != nil {
				return err
			}
			if _, err := part.Write(f.data); err != nil {
				return err
			}
		}
		return archive.Close()
	})
}

func create(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
