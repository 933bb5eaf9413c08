package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatIsMissingIsSaid(t *testing.T) {
	all := map[string]string{"TIDEGATE_ENDPOINT": "http://127.0.0.1:1", "TIDEGATE_TOKEN": "t"}
	for _, c := range []struct {
		args []string
		env  map[string]string
		want string
	}{
		{nil, nil, "--endpoint"},
		{nil, all, "--tenant"},
		{[]string{"--tenant", "x"}, all, "--out"},
		{[]string{"--tenant", "x", "--out", "y"}, map[string]string{"TIDEGATE_ENDPOINT": "http://127.0.0.1:1"}, "TIDEGATE_TOKEN"},
		{[]string{"x"}, all, "too much"},
		{[]string{"--endpoint", "ftp://x", "--tenant", "x", "--out", "y"}, all, "endpoint"},
	} {
		var out, usage strings.Builder
		err := run(context.Background(), c.args, func(name string) string { return c.env[name] }, &out, &usage)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v does not speak of %s", c.args, err, c.want)
		}
	}
}

func TestNothingIsReplacedUnasked(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "acme")
	mine := map[string][]byte{"main.tf": []byte("mine")}
	if err := write(folder, mine, false); err != nil {
		t.Fatal(err)
	}
	other := map[string][]byte{"main.tf": []byte("other"), "imports.tf": []byte("other")}
	if err := write(folder, other, false); err == nil {
		t.Error("it replaced a file")
	}
	if _, err := os.Stat(filepath.Join(folder, "imports.tf")); err == nil {
		t.Error("it wrote one file and refused another")
	}
	if err := write(folder, other, true); err != nil {
		t.Error(err)
	}
	if got, _ := os.ReadFile(filepath.Join(folder, "main.tf")); string(got) != "other" {
		t.Errorf("main.tf is %q after --force", got)
	}
}
