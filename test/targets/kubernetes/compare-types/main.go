// Reads the Go types of the built-in Kubernetes kinds and writes what their source says about the spelling of
// values: what is a quantity, which zero values are dropped when an object is stored, what lists are keyed by.
// The engine's local proof of "unchanged" needs that; no API description served at run time says all of it.
//
//	GOFLAGS=-mod=mod go run . >../../../../src/targets/kubernetes/compare/types/builtin.generated.ts
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
)

// API groups in their stable version: prefix of the type names, directory below the module, apiVersion.
var packages = []struct{ prefix, module, directory, apiVersion string }{
	{"", "k8s.io/api", "core/v1", "v1"},
	{"meta", "k8s.io/apimachinery", "pkg/apis/meta/v1", ""},
	{"apps", "k8s.io/api", "apps/v1", "apps/v1"},
	{"batch", "k8s.io/api", "batch/v1", "batch/v1"},
	{"autoscaling1", "k8s.io/api", "autoscaling/v1", "autoscaling/v1"},
	{"autoscaling", "k8s.io/api", "autoscaling/v2", "autoscaling/v2"},
	{"networking", "k8s.io/api", "networking/v1", "networking.k8s.io/v1"},
	{"policy", "k8s.io/api", "policy/v1", "policy/v1"},
	{"rbac", "k8s.io/api", "rbac/v1", "rbac.authorization.k8s.io/v1"},
	{"storage", "k8s.io/api", "storage/v1", "storage.k8s.io/v1"},
	{"scheduling", "k8s.io/api", "scheduling/v1", "scheduling.k8s.io/v1"},
	{"node", "k8s.io/api", "node/v1", "node.k8s.io/v1"},
	{"coordination", "k8s.io/api", "coordination/v1", "coordination.k8s.io/v1"},
	{"discovery", "k8s.io/api", "discovery/v1", "discovery.k8s.io/v1"},
	{"admission", "k8s.io/api", "admissionregistration/v1", "admissionregistration.k8s.io/v1"},
	{"certificates", "k8s.io/api", "certificates/v1", "certificates.k8s.io/v1"},
	{"flowcontrol", "k8s.io/api", "flowcontrol/v1", "flowcontrol.apiserver.k8s.io/v1"},
	{"resource", "k8s.io/api", "resource/v1", "resource.k8s.io/v1"},
	{"apiextensions", "k8s.io/apiextensions-apiserver", "pkg/apis/apiextensions/v1", "apiextensions.k8s.io/v1"},
	{"apiregistration", "k8s.io/kube-aggregator", "pkg/apis/apiregistration/v1", "apiregistration.k8s.io/v1"},
}

// Import paths by which a package refers to another one of the list.
var imports = map[string]string{
	"k8s.io/api/core/v1": "", "k8s.io/apimachinery/pkg/apis/meta/v1": "meta",
	"k8s.io/api/autoscaling/v1": "autoscaling1", "k8s.io/api/networking/v1": "networking",
}

type source struct {
	prefix  string
	spec    *ast.TypeSpec
	atomic  bool
	imports map[string]string
}

var sources = map[string]source{}

func main() {
	for _, p := range packages {
		read(p.prefix, filepath.Join(directory(p.module), p.directory))
	}
	kinds := map[string]string{}
	for _, p := range packages {
		for name, s := range sources {
			if s.prefix == p.prefix && p.apiVersion != "" && isKind(s.spec) {
				short := name[strings.LastIndex(name, ".")+1:]
				kinds[p.apiVersion+"/"+short] = name
			}
		}
	}
	types := map[string]map[string]string{}
	for _, root := range kinds {
		describe(root, types)
	}
	prune(types)
	for kind, root := range kinds {
		if types[root] == nil {
			delete(kinds, kind)
		}
	}
	text, err := json.Marshal(map[string]any{"kinds": kinds, "types": types})
	if err != nil {
		log.Fatal(err)
	}
	quoted := strings.ReplaceAll(strings.ReplaceAll(string(text), `\`, `\\`), `'`, `\'`)
	fmt.Println("// Generated from the Go sources of Kubernetes by test/targets/kubernetes/compare-types: do not edit.")
	fmt.Println("// biome-ignore format: one long line of data")
	fmt.Printf("export const BUILTIN_TYPES =\n  '%s'\n", quoted)
}

func directory(module string) string {
	out, err := exec.Command("go", "list", "-mod=mod", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		log.Fatalf("%s: %v", module, err)
	}
	return strings.TrimSpace(string(out))
}

func read(prefix, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		log.Fatalf("no sources in %s", dir)
	}
	for _, file := range files {
		base := filepath.Base(file)
		if strings.HasSuffix(base, "_test.go") || strings.Contains(base, "generated") || strings.HasPrefix(base, "zz_") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			log.Fatal(err)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, bytes.NewReader(text), parser.ParseComments)
		if err != nil {
			log.Fatal(err)
		}
		names := map[string]string{}
		for _, i := range parsed.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			name := filepath.Base(path)
			if i.Name != nil {
				name = i.Name.Name
			}
			names[name] = path
		}
		for _, decl := range parsed.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok || general.Tok != token.TYPE {
				continue
			}
			for _, spec := range general.Specs {
				typeSpec := spec.(*ast.TypeSpec)
				comment := general.Doc.Text() + typeSpec.Doc.Text() + raw(general.Doc) + raw(typeSpec.Doc)
				sources[qualified(prefix, typeSpec.Name.Name)] = source{prefix, typeSpec,
					strings.Contains(comment, "+structType=atomic") || strings.Contains(comment, "+mapType=atomic"), names}
			}
		}
	}
}

// Markers stand in comment lines that CommentGroup.Text drops.
func raw(group *ast.CommentGroup) string {
	if group == nil {
		return ""
	}
	var lines []string
	for _, comment := range group.List {
		lines = append(lines, comment.Text)
	}
	return strings.Join(lines, "\n")
}

func qualified(prefix, name string) string {
	if prefix == "" {
		return name
	}
	return prefix + "." + name
}

func isKind(spec *ast.TypeSpec) bool {
	s, ok := spec.Type.(*ast.StructType)
	if !ok || strings.HasSuffix(spec.Name.Name, "List") {
		return false
	}
	hasType, hasMeta := false, false
	for _, f := range s.Fields.List {
		if len(f.Names) == 0 {
			text := selector(f.Type)
			hasType = hasType || text == "metav1.TypeMeta"
			hasMeta = hasMeta || text == "metav1.ObjectMeta"
		}
	}
	return hasType && hasMeta
}

func selector(e ast.Expr) string {
	if s, ok := e.(*ast.SelectorExpr); ok {
		if x, ok := s.X.(*ast.Ident); ok {
			return x.Name + "." + s.Sel.Name
		}
	}
	if i, ok := e.(*ast.Ident); ok {
		return i.Name
	}
	return ""
}

// describe writes the fields of a struct type, and of all it refers to, into types. Codes:
//
//	z     a scalar that is dropped when it is zero
//	q     a quantity;  {q  a map of quantities
//	{     a map of scalars;  {!  an atomic one;  {T  a map of structs
//	.T    a struct (a bare dot: nothing is known of its fields);  !T  an atomic one
//	[a [aT  an atomic list;  [s  a set;  [m:keys:T  a list of structs by keys (key=default)
func describe(name string, types map[string]map[string]string) {
	if _, done := types[name]; done {
		return
	}
	s, ok := sources[name]
	if !ok {
		return
	}
	structure, ok := s.spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	fields := map[string]string{}
	types[name] = fields
	collect(s, structure, fields, types)
}

func collect(s source, structure *ast.StructType, fields map[string]string, types map[string]map[string]string) {
	for _, f := range structure.Fields.List {
		tag := ""
		if f.Tag != nil {
			tag = reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json")
		}
		parts := strings.Split(tag, ",")
		if parts[0] == "-" || selector(f.Type) == "metav1.TypeMeta" {
			continue
		}
		if parts[0] == "" && len(f.Names) == 0 { // inlined
			target, _, isStruct := resolve(s, f.Type)
			if inner, ok := sources[target]; ok && isStruct {
				collect(inner, inner.spec.Type.(*ast.StructType), fields, types)
			}
			continue
		}
		if parts[0] == "" || parts[0] == "status" || parts[0] == "managedFields" {
			continue
		}
		code := encode(s, f.Type, raw(f.Doc), strings.Contains(tag, ",omitempty"), types)
		if code != "" {
			fields[parts[0]] = code
		}
	}
}

// resolve answers the qualified name of a type, the source to read it in, and whether it is a struct of ours.
func resolve(s source, e ast.Expr) (string, source, bool) {
	name := ""
	switch x := e.(type) {
	case *ast.Ident:
		name = qualified(s.prefix, x.Name)
	case *ast.SelectorExpr:
		pkg, _ := x.X.(*ast.Ident)
		prefix, known := imports[s.imports[pkg.Name]]
		if !known {
			return s.imports[pkg.Name] + "." + x.Sel.Name, s, false
		}
		name = qualified(prefix, x.Sel.Name)
	}
	target, ok := sources[name]
	if !ok {
		return name, s, false
	}
	_, isStruct := target.spec.Type.(*ast.StructType)
	return name, target, isStruct
}

var opaque = map[string]bool{"meta.Time": true, "meta.MicroTime": true, "meta.Duration": true, "meta.FieldsV1": true,
	"meta.Verbs": false, "apiextensions.JSON": true, "apiextensions.JSONSchemaPropsOrBool": true,
	"apiextensions.JSONSchemaPropsOrArray": true, "apiextensions.JSONSchemaPropsOrStringArray": true}

func encode(s source, e ast.Expr, doc string, omitempty bool, types map[string]map[string]string) string {
	switch x := e.(type) {
	case *ast.StarExpr:
		code := encode(s, x.X, doc, false, types)
		return code
	case *ast.ArrayType:
		if selector(x.Elt) == "byte" {
			return ""
		}
		return list(s, x.Elt, doc, types)
	case *ast.MapType:
		atomic := ""
		if strings.Contains(doc, "+mapType=atomic") {
			atomic = "!"
		}
		if isQuantity(s, x.Value) {
			return "{" + atomic + "q"
		}
		if array, ok := x.Value.(*ast.ArrayType); ok && selector(array.Elt) != "byte" {
			return ""
		}
		name, _, isStruct := resolve(s, x.Value)
		if isStruct && !opaque[name] {
			describe(name, types)
			return "{" + atomic + "." + name
		}
		return "{" + atomic
	}
	if isQuantity(s, e) {
		return "q"
	}
	name, target, isStruct := resolve(s, e)
	if opaque[name] {
		return ""
	}
	if isStruct {
		describe(name, types)
		if target.atomic || strings.Contains(doc, "+structType=atomic") {
			return "!" + name
		}
		return "." + name
	}
	if spec, ok := sources[name]; ok { // a named slice, map or scalar
		switch spec.spec.Type.(type) {
		case *ast.ArrayType, *ast.MapType:
			return encode(spec, spec.spec.Type, doc, omitempty, types)
		}
		if omitempty {
			return "z"
		}
		return ""
	}
	switch selector(e) {
	case "string", "bool", "int", "int32", "int64", "float64", "types.UID":
		if omitempty {
			return "z"
		}
	}
	return ""
}

func isQuantity(s source, e ast.Expr) bool {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	name, _, _ := resolve(s, e)
	return name == "k8s.io/apimachinery/pkg/api/resource.Quantity"
}

func list(s source, element ast.Expr, doc string, types map[string]map[string]string) string {
	name, _, isStruct := resolve(s, element)
	if star, ok := element.(*ast.StarExpr); ok {
		name, _, isStruct = resolve(s, star.X)
	}
	if isStruct && !opaque[name] {
		describe(name, types)
	} else {
		name = ""
	}
	kind, keys := "atomic", []string{}
	for _, line := range strings.Split(doc, "\n") {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "//"))
		if value, ok := strings.CutPrefix(line, "+listType="); ok {
			kind = value
		}
		if value, ok := strings.CutPrefix(line, "+listMapKey="); ok {
			if value == "protocol" {
				value += "=TCP"
			}
			keys = append(keys, value)
		}
	}
	switch kind {
	case "map":
		return "[m:" + strings.Join(keys, ",") + ":" + name
	case "set":
		return "[s"
	}
	return "[a" + name
}

// prune removes types without content. What refers to them still says that it is a struct: a bare dot.
func prune(types map[string]map[string]string) {
	for name, fields := range types {
		if len(fields) == 0 {
			delete(types, name)
		}
	}
	for _, fields := range types {
		for field, code := range fields {
			if code[0] == '.' && types[code[1:]] == nil {
				fields[field] = "."
			}
		}
	}
}
