using Mlops.Data.Ingestion;
using Mlops.Engine;
using Mlops.Pipelines.Specification.Shapes;

namespace Mlops.Pipelines.Specification.Sections;

/// <summary>A source as it is written: files that lie here, or one elsewhere.</summary>
sealed record DeclaredSource(string? Glob, RemoteFile? Download)
{
    public string Text => Glob ?? Download!.Url;
}

/// <summary>What stands under <c>data.sources</c>.</summary>
static class SourcesShape
{
    static readonly Shape<DeclaredSource> Glob = new MappedShape<string, DeclaredSource>(
        Scalars.Text, glob => new DeclaredSource(glob, null), source => source.Text);

    static readonly SectionShape<DeclaredSource> Download = new(fields =>
        new DeclaredSource(null, new RemoteFile(
            fields.Required("url", Scalars.Matching(
                    "an https address without a user",
                    text => RemoteFile.FindFault(text) is null, "^https?://"),
                "Where the file is: https, or http on this machine; fetched once"),
            Digest.TryParse(
                fields.Required(
                    "sha256", Scalars.Matching("64 lowercase hexadecimal digits",
                        text => Digest.TryParse(text, out _), "^[0-9a-f]{64}$"),
                    "SHA-256 of the file's bytes; any others are refused"), out var digest)
                        ? digest
                        : default)));

    public static Shape<IReadOnlyList<DeclaredSource>> All { get; } = new ListShape<DeclaredSource>(
        new EitherShape<DeclaredSource>(Glob, Download), 1, orSingle: true, identity: source => source.Text);
}
