using System.Text.Json;

namespace Mlops.Engine.Tests.Ledgers;

/// <summary>Trees and proofs that others published.</summary>
public sealed class MerkleVectorTests
{
    /// <summary>
    /// Good by its publisher, whose check compares any two equal roots of one leaf; its roots have 12 bytes,
    /// and here nothing is a digest that has not 32.
    /// </summary>
    const string RootsOfTwelveBytes = "sizes-are-equal-one-and-proof-is-empty.json";

    [Fact]
    public void InclusionProofsAreJudgedAsPublished() => Judge("inclusion", 98, vector =>
        Digests(vector.GetProperty("proof")) is { } path
        && Digest(vector.GetProperty("root")) is { } root
        && Digest(vector.GetProperty("leafHash")) is { } leaf
        && MerkleProof.Includes(
            root, Size(vector.GetProperty("treeSize")), Size(vector.GetProperty("leafIdx")), leaf, path));

    [Fact]
    public void ConsistencyProofsAreJudgedAsPublished() => Judge("consistency", 98, vector =>
        Digests(vector.GetProperty("proof")) is { } proof
        && Digest(vector.GetProperty("root1")) is { } root && Digest(vector.GetProperty("root2")) is { } later
        && MerkleProof.IsConsistent(
            Size(vector.GetProperty("size1")), root, Size(vector.GetProperty("size2")), later, proof));

    [Fact]
    public void SmallTreesHaveThePublishedRootsAndProofs()
    {
        using var example = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Schemas(), "examples", "rfc6962-small-tree.json")));
        var tree = example.RootElement;
        Engine.Digest[] leaves =
            [.. tree.GetProperty("leaves_hex").EnumerateArray()
                .Select(leaf => MerkleTree.Leaf(Convert.FromHexString(leaf.GetString()!)))];

        leaves.Select(leaf => leaf.ToString()).ShouldBe(Texts(tree.GetProperty("leaf_hashes")));
        foreach (var root in tree.GetProperty("roots").EnumerateObject())
            MerkleTree.Root(leaves.AsSpan(0, int.Parse(root.Name))).ToString()
                .ShouldBe(root.Value.GetString());
        foreach (var proof in tree.GetProperty("inclusion").EnumerateArray())
            MerkleTree.Inclusion(leaves.AsSpan(0, Number(proof, "size")), Number(proof, "index"))
                .Select(digest => digest.ToString()).ShouldBe(Texts(proof.GetProperty("proof")));
        foreach (var proof in tree.GetProperty("consistency").EnumerateArray())
            MerkleTree.Consistency(leaves.AsSpan(0, Number(proof, "second")), Number(proof, "first"))
                .Select(digest => digest.ToString()).ShouldBe(Texts(proof.GetProperty("proof")));
    }

    static void Judge(string folder, int vectors, Func<JsonElement, bool> holds)
    {
        var files = Directory.GetFiles(
            Path.Combine(Schemas(), "rfc6962", "testdata", folder), "*.json", SearchOption.AllDirectories);
        files.Length.ShouldBe(vectors);
        foreach (var file in files)
        {
            using var vector = JsonDocument.Parse(File.ReadAllBytes(file));
            var good = !vector.RootElement.GetProperty("wantErr").GetBoolean()
                && Path.GetFileName(file) != RootsOfTwelveBytes;
            holds(vector.RootElement).ShouldBe(good, file);
        }
    }

    /// <remarks>Sizes beyond any ledger are none.</remarks>
    static long Size(JsonElement size) => size.TryGetInt64(out var known) ? known : -1;

    static Digest? Digest(JsonElement base64) =>
        base64.ValueKind == JsonValueKind.String
        && base64.GetBytesFromBase64() is { Length: Engine.Digest.SizeBytes } bytes
            ? Engine.Digest.FromBytes(bytes)
            : null;

    /// <returns>Null if one of them is no digest.</returns>
    static IReadOnlyList<Digest>? Digests(JsonElement proof)
    {
        if (proof.ValueKind == JsonValueKind.Null)
            return [];
        var digests = proof.EnumerateArray().Select(Digest).ToList();
        return digests.All(digest => digest is not null)
            ? [.. digests.Select(digest => digest!.Value)]
            : null;
    }

    static IEnumerable<string?> Texts(JsonElement list) =>
        list.EnumerateArray().Select(text => text.GetString());

    static int Number(JsonElement proof, string name) => proof.GetProperty(name).GetInt32();

    static string Schemas()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Mlops.Build.sln")))
            root = root.Parent;
        var path = Path.Combine(root?.Parent?.FullName ?? "", "shared", "schemas");
        Assert.SkipUnless(Directory.Exists(path), "The published vectors do not lie beside the repository.");
        return path;
    }
}
