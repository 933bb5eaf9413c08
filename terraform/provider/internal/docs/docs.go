// Package docs writes docs/ from the provider's own schemas and from examples/, so that neither can say what the code
// does not. It reads the schemas over the plugin protocol, in which resources, data sources and ephemeral resources
// look alike.
package docs

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Kind is one sort of thing a provider has: where its pages and its examples are.
type Kind struct {
	// Title stands behind the name in headings.
	Title string
	// Folder is that of docs/ and of examples/.
	Folder string
	// Example is the file in examples/Folder/name.
	Example string
}

var (
	resourceKind   = Kind{Title: "Resource", Folder: "resources", Example: "resource.tf"}
	dataSourceKind = Kind{Title: "Data Source", Folder: "data-sources", Example: "data-source.tf"}
	ephemeralKind  = Kind{Title: "Ephemeral Resource", Folder: "ephemeral-resources", Example: "ephemeral-resource.tf"}
)

// Pages renders all pages by their path below docs/. examples is the folder examples/.
// Something without an example is an error: every page shows one.
func Pages(ctx context.Context, server tfprotov6.ProviderServer, examples fs.FS) (map[string]string, error) {
	all, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	for _, d := range all.Diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return nil, fmt.Errorf("the provider's schema: %s: %s", d.Summary, d.Detail)
		}
	}
	pages := map[string]string{}
	example, err := fs.ReadFile(examples, "provider/provider.tf")
	if err != nil {
		return nil, err
	}
	pages["index.md"] = providerPage(all.Provider, string(example))
	for _, of := range []struct {
		kind    Kind
		schemas map[string]*tfprotov6.Schema
	}{
		{resourceKind, all.ResourceSchemas},
		{dataSourceKind, all.DataSourceSchemas},
		{ephemeralKind, all.EphemeralResourceSchemas},
	} {
		for name, schema := range of.schemas {
			page, err := page(of.kind, name, schema, examples)
			if err != nil {
				return nil, err
			}
			pages[of.kind.Folder+"/"+strings.TrimPrefix(name, "tidegate_")+".md"] = page
		}
	}
	return pages, nil
}

// Write makes docs/ hold exactly these pages; a page of what is gone is deleted.
func Write(folder string, pages map[string]string) error {
	for _, kind := range []Kind{resourceKind, dataSourceKind, ephemeralKind} {
		if err := os.RemoveAll(filepath.Join(folder, kind.Folder)); err != nil {
			return err
		}
	}
	for name, text := range pages {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func providerPage(schema *tfprotov6.Schema, example string) string {
	var b strings.Builder
	front(&b, "tidegate Provider", schema.Block.Description)
	fmt.Fprintf(&b, "# tidegate Provider\n\n%s\n\n", schema.Block.Description)
	fmt.Fprintf(&b, "## Example Usage\n\n%s", fence("terraform", example))
	attributes(&b, schema.Block)
	return b.String()
}

func page(kind Kind, name string, schema *tfprotov6.Schema, examples fs.FS) (string, error) {
	folder := kind.Folder + "/" + name
	example, err := fs.ReadFile(examples, folder+"/"+kind.Example)
	if err != nil {
		return "", fmt.Errorf("%s has no example: %w", name, err)
	}
	var b strings.Builder
	front(&b, name+" "+kind.Title, schema.Block.Description)
	fmt.Fprintf(&b, "# %s (%s)\n\n%s\n\n", name, kind.Title, schema.Block.Description)
	fmt.Fprintf(&b, "## Example Usage\n\n%s", fence("terraform", string(example)))
	attributes(&b, schema.Block)
	if kind != resourceKind {
		return b.String(), nil
	}
	command, err := fs.ReadFile(examples, folder+"/import.sh")
	if err != nil {
		return "", fmt.Errorf("%s does not say how to import it: %w", name, err)
	}
	block, err := fs.ReadFile(examples, folder+"/import.tf")
	if err != nil {
		return "", fmt.Errorf("%s does not say how to import it: %w", name, err)
	}
	fmt.Fprintf(&b, "## Import\n\nWith a block (`tofu plan` shows what it takes over):\n\n%s\nOr with a command:\n\n%s",
		fence("terraform", string(block)), fence("shell", string(command)))
	return b.String(), nil
}

func front(b *strings.Builder, title, description string) {
	first, _, _ := strings.Cut(description, ". ")
	fmt.Fprintf(b, "---\npage_title: %q\ndescription: |-\n  %s\n---\n\n", title, strings.TrimSuffix(first, ".")+".")
}

func fence(language, text string) string {
	return "```" + language + "\n" + strings.TrimRight(text, "\n") + "\n```\n\n"
}

// nested is an attribute with attributes of its own, which get a section.
type nested struct {
	path  string
	block *tfprotov6.SchemaObject
}

func attributes(b *strings.Builder, block *tfprotov6.SchemaBlock) {
	b.WriteString("## Schema\n\n")
	rows := sections(b, "###", "", append(block.Attributes, blocksAsAttributes(block.BlockTypes)...))
	for len(rows) > 0 {
		row := rows[0]
		rows = rows[1:]
		fmt.Fprintf(b, "<a id=\"%s\"></a>\n### `%s`\n\n", anchor(row.path), row.path)
		rows = append(rows, sections(b, "####", row.path, row.block.Attributes)...)
	}
}

// blocksAsAttributes: a block is written without "=", and is described like an object.
func blocksAsAttributes(blocks []*tfprotov6.SchemaNestedBlock) []*tfprotov6.SchemaAttribute {
	var all []*tfprotov6.SchemaAttribute
	for _, block := range blocks {
		all = append(all, &tfprotov6.SchemaAttribute{
			Name: block.TypeName, Optional: true, Description: "A block. " + block.Block.Description,
			NestedType: &tfprotov6.SchemaObject{Attributes: block.Block.Attributes, Nesting: tfprotov6.SchemaObjectNestingModeSingle},
		})
	}
	return all
}

func sections(b *strings.Builder, level, path string, attributes []*tfprotov6.SchemaAttribute) []nested {
	var deeper []nested
	for _, section := range []struct {
		title string
		takes func(*tfprotov6.SchemaAttribute) bool
	}{
		{"Required", func(a *tfprotov6.SchemaAttribute) bool { return a.Required }},
		{"Optional", func(a *tfprotov6.SchemaAttribute) bool { return a.Optional }},
		{"Read-Only", func(a *tfprotov6.SchemaAttribute) bool { return !a.Required && !a.Optional }},
	} {
		var rows []*tfprotov6.SchemaAttribute
		for _, a := range attributes {
			if section.takes(a) {
				rows = append(rows, a)
			}
		}
		if len(rows) == 0 {
			continue
		}
		sort.Slice(rows, func(i, j int) bool { return rows[i].Name < rows[j].Name })
		fmt.Fprintf(b, "%s %s\n\n", level, section.title)
		for _, a := range rows {
			full := strings.TrimPrefix(path+"."+a.Name, ".")
			fmt.Fprintf(b, "- `%s` (%s) %s", a.Name, typeName(a), a.Description)
			if a.NestedType != nil {
				deeper = append(deeper, nested{full, a.NestedType})
				fmt.Fprintf(b, " See [below](#%s).", anchor(full))
			}
			b.WriteString("\n")
		}
		b.WriteString("\n")
	}
	return deeper
}

func anchor(path string) string {
	return "nested--" + strings.NewReplacer(".", "--", "_", "-").Replace(path)
}
