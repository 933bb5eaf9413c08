package docs_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/docs"
	"tidegate.io/tidegate/terraform-provider-tidegate/internal/hcltest"
	"tidegate.io/tidegate/terraform-provider-tidegate/internal/provider"
)

const (
	docsFolder     = "../../docs"
	examplesFolder = "../../examples"
)

func server() tfprotov6.ProviderServer {
	return providerserver.NewProtocol6(provider.New("test")())()
}

func TestDocsSayWhatTheSchemasAndExamplesSay(t *testing.T) {
	pages, err := docs.Pages(context.Background(), server(), os.DirFS(examplesFolder))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range pages {
		got, err := os.ReadFile(filepath.Join(docsFolder, name))
		if err != nil {
			t.Errorf("%v; run go generate .", err)
		} else if string(got) != want {
			t.Errorf("docs/%s is not what the code says; run go generate .", name)
		}
	}
	err = fs.WalkDir(os.DirFS(docsFolder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && pages[name] == "" && !strings.HasPrefix(name, "guides/") {
			t.Errorf("docs/%s is about nothing there is; run go generate .", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryAttributeHasADescription(t *testing.T) {
	all, err := server().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	schemas := map[string]*tfprotov6.Schema{"provider": all.Provider}
	for name, schema := range all.ResourceSchemas {
		schemas["resource "+name] = schema
	}
	for name, schema := range all.DataSourceSchemas {
		schemas["data "+name] = schema
	}
	for name, schema := range all.EphemeralResourceSchemas {
		schemas["ephemeral "+name] = schema
	}
	for name, schema := range schemas {
		described(t, name, schema.Block.Attributes)
	}
}

func described(t *testing.T, path string, attributes []*tfprotov6.SchemaAttribute) {
	for _, a := range attributes {
		if strings.TrimSpace(a.Description) == "" {
			t.Errorf("%s.%s has no description", path, a.Name)
		}
		if a.NestedType != nil {
			described(t, path+"."+a.Name, a.NestedType.Attributes)
		}
	}
}

func TestEveryExampleIsValid(t *testing.T) {
	judge := hcltest.New(t, server())
	found := 0
	err := fs.WalkDir(os.DirFS(examplesFolder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		files := map[string][]byte{}
		paths, _ := filepath.Glob(filepath.Join(examplesFolder, name, "*.tf"))
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files[path] = content
		}
		if len(files) == 0 {
			return nil
		}
		found++
		t.Run(name, func(t *testing.T) {
			for _, fault := range judge.Check(files) {
				t.Error(fault)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Fatal("no examples")
	}
}

func TestAnExampleWithAMistakeIsNot(t *testing.T) {
	judge := hcltest.New(t, server())
	for name, text := range map[string]string{
		"unknown attribute": `resource "tidegate_namespace" "a" {
			app_id = "1"
			name = "a"
			pattern = "*"
			colour = "red"
		}`,
		"missing attribute": `resource "tidegate_namespace" "a" {
			app_id = "1"
			name = "a"
		}`,
		"refused value": `resource "tidegate_namespace" "a" {
			app_id = "1"
			name = "a"
			pattern = "a*b"
		}`,
		"refused nested value": `resource "tidegate_namespace" "a" {
			app_id = "1"
			name = "a"
			pattern = "*"
			window = { seconds = 0 }
		}`,
		"read-only attribute": `data "tidegate_namespace" "a" {
			app_id = "1"
			name = "a"
			pattern = "*"
		}`,
		"import of nothing": `import {
			to = tidegate_app.a
			id = "1"
		}`,
	} {
		if faults := judge.Check(map[string][]byte{"main.tf": []byte(text)}); len(faults) != 1 {
			t.Errorf("%s: %d faults, not 1: %v", name, len(faults), faults)
		}
	}
}
