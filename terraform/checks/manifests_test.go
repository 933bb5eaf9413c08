package checks

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// node is a part of a document. What is not there is a node of nil, so that paths may be asked for freely.
type node struct{ value any }

type manifests []node

// at follows names with dots between them.
func (n node) at(path string) node {
	for _, name := range strings.Split(path, ".") {
		n = n.key(name)
	}
	return n
}

func (n node) key(name string) node {
	return node{n.fields()[name]}
}

func (n node) fields() map[string]any {
	fields, _ := n.value.(map[string]any)
	return fields
}

func (n node) all() []node {
	items, _ := n.value.([]any)
	nodes := make([]node, len(items))
	for i, item := range items {
		nodes[i] = node{item}
	}
	return nodes
}

func (n node) index(i int) node {
	if all := n.all(); i < len(all) {
		return all[i]
	}
	return node{}
}

// text is a scalar as it is written; nothing when there is none.
func (n node) text() string {
	if n.value == nil {
		return ""
	}
	return fmt.Sprint(n.value)
}

func (n node) texts() string {
	var texts []string
	for _, one := range n.all() {
		texts = append(texts, one.text())
	}
	return strings.Join(texts, " ")
}

// number is -1 when there is none.
func (n node) number() int {
	if number, ok := n.value.(float64); ok {
		return int(number)
	}
	return -1
}

func (n node) json(t *testing.T) string {
	t.Helper()
	text, err := json.Marshal(n.value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (m manifests) of(kind string) []node {
	var found []node
	for _, one := range m {
		if one.at("kind").text() == kind {
			found = append(found, one)
		}
	}
	return found
}

func (m manifests) one(t *testing.T, kind string) node {
	t.Helper()
	found := m.of(kind)
	if len(found) != 1 {
		t.Fatalf("%d of kind %s, not one", len(found), kind)
	}
	return found[0]
}

func (m manifests) none(t *testing.T, kind string) {
	t.Helper()
	if found := m.of(kind); len(found) != 0 {
		t.Errorf("there should be no %s", kind)
	}
}

func equal[T comparable](t *testing.T, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
