// A provider for tests: an "object" is a JSON file that anybody can edit, so that every kind of drift can be made by
// hand: a changed attribute, a deleted object, a computed attribute that nobody declared, a sensitive value.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	address := "registry.terraform.io/gitops-actions/object"
	if err := providerserver.Serve(context.Background(), func() provider.Provider { return objects{} }, providerserver.ServeOpts{Address: address}); err != nil {
		log.Fatal(err)
	}
}

type objects struct{}

func (objects) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "object"
}

func (objects) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (objects) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (objects) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (objects) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return file{} }}
}

// file is the resource `object_file`.
type file struct{}

type model struct {
	Path     types.String `tfsdk:"path"`
	Settings types.Map    `tfsdk:"settings"`
	Password types.String `tfsdk:"password"`
	Note     types.String `tfsdk:"note"`
}

// content is what stands in the file.
type content struct {
	Settings map[string]string `json:"settings"`
	Password string            `json:"password"`
	Note     string            `json:"note"`
}

func (file) Metadata(_ context.Context, _ resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = "object_file"
}

func (file) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"path":     schema.StringAttribute{Required: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}},
		"settings": schema.MapAttribute{ElementType: types.StringType, Optional: true},
		"password": schema.StringAttribute{Optional: true, Sensitive: true},
		// Nobody can declare it: what it says is noise.
		"note": schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}},
	}}
}

func (file) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var given model
	response.Diagnostics.Append(request.Plan.Get(ctx, &given)...)
	given.Note = types.StringValue("made by a provider")
	if err := write(ctx, given); err != nil {
		response.Diagnostics.AddAttributeError(path.Root("path"), "The object cannot be made", err.Error())
		return
	}
	response.Diagnostics.Append(response.State.Set(ctx, given)...)
}

func (file) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var known model
	response.Diagnostics.Append(request.State.Get(ctx, &known)...)
	bytes, err := os.ReadFile(known.Path.ValueString())
	if errors.Is(err, fs.ErrNotExist) {
		response.State.RemoveResource(ctx)
		return
	}
	var live content
	if err == nil {
		err = json.Unmarshal(bytes, &live)
	}
	if err != nil {
		response.Diagnostics.AddError("The object cannot be read", err.Error()+": "+string(bytes))
		return
	}
	known.Note = types.StringValue(live.Note)
	if live.Password != "" || !known.Password.IsNull() {
		known.Password = types.StringValue(live.Password)
	}
	// As many providers do: what was not set comes back as empty.
	settings, diagnostics := types.MapValueFrom(ctx, types.StringType, live.Settings)
	response.Diagnostics.Append(diagnostics...)
	known.Settings = settings
	response.Diagnostics.Append(response.State.Set(ctx, known)...)
}

func (file) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var given model
	response.Diagnostics.Append(request.Plan.Get(ctx, &given)...)
	if err := write(ctx, given); err != nil {
		response.Diagnostics.AddError("The object cannot be changed", err.Error())
		return
	}
	response.Diagnostics.Append(response.State.Set(ctx, given)...)
}

func (file) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	var known model
	response.Diagnostics.Append(request.State.Get(ctx, &known)...)
	if err := os.Remove(known.Path.ValueString()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		response.Diagnostics.AddError("The object cannot be deleted", err.Error())
	}
}

func write(ctx context.Context, given model) error {
	settings := map[string]string{}
	given.Settings.ElementsAs(ctx, &settings, false)
	bytes, err := json.Marshal(content{settings, given.Password.ValueString(), given.Note.ValueString()})
	if err != nil {
		return err
	}
	return os.WriteFile(given.Path.ValueString(), bytes, 0o600)
}
