package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// enumsOf reads the values of string types that say +enum, by package path and name: reflection does not know constants.
func enumsOf(packages ...string) (map[string][]string, error) {
	enums := map[string][]string{}
	for _, name := range packages {
		folder, err := folderOf(name)
		if err != nil {
			return nil, err
		}
		text, err := os.ReadFile(filepath.Join(folder, "types.go"))
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), "types.go", text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		collect(file, name, enums)
	}
	return enums, nil
}

func folderOf(name string) (string, error) {
	command := exec.Command("go", "list", "-f", "{{.Dir}}", name)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("go list %s: %w", name, err)
	}
	return string(bytes.TrimSpace(out)), nil
}

func collect(file *ast.File, pkg string, enums map[string][]string) {
	marked := map[string]bool{}
	each(file, token.TYPE, func(decl *ast.GenDecl, spec ast.Spec) {
		if one := spec.(*ast.TypeSpec); marker(decl.Doc) || marker(one.Doc) {
			marked[one.Name.Name] = true
		}
	})
	each(file, token.CONST, func(_ *ast.GenDecl, spec ast.Spec) {
		value := spec.(*ast.ValueSpec)
		kind, ok := value.Type.(*ast.Ident)
		if !ok || !marked[kind.Name] {
			return
		}
		for _, one := range value.Values {
			if literal, ok := one.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil {
					enums[pkg+"."+kind.Name] = append(enums[pkg+"."+kind.Name], text)
				}
			}
		}
	})
	for _, values := range enums {
		sort.Strings(values)
	}
}

// marker looks at the raw lines: Text leaves out what looks like a directive.
func marker(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, line := range doc.List {
		if strings.TrimSpace(strings.TrimPrefix(line.Text, "//")) == "+enum" {
			return true
		}
	}
	return false
}

func each(file *ast.File, kind token.Token, visit func(*ast.GenDecl, ast.Spec)) {
	for _, one := range file.Decls {
		if decl, ok := one.(*ast.GenDecl); ok && decl.Tok == kind {
			for _, spec := range decl.Specs {
				visit(decl, spec)
			}
		}
	}
}
