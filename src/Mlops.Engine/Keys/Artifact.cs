namespace Mlops.Engine;

/// <summary>A finished value's identity: what its bytes are, how many, and how to read them.</summary>
/// <param name="MediaType">As in IANA's registry, for instance <c>application/zip</c>.</param>
public sealed record Artifact(Digest Digest, long LengthBytes, string MediaType);

/// <summary>
/// A raw file that a person brought: named relative to its pipeline, identified by its bytes.
/// </summary>
/// <param name="Name">Relative path with forward slashes, or, when it lies elsewhere, the file name alone
/// behind such folders as <c>market=DE</c>.</param>
public sealed record SourceFile(string Name, Digest Digest, long LengthBytes);
