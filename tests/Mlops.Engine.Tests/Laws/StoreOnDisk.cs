using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mlops.Engine.Tests.Laws;

/// <summary>What a workspace holds, found by reading every byte of it, without the engine.</summary>
static class StoreOnDisk
{
    const int SealBytes = 65;

    static readonly DateTime Untouched = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// Keys whose trace is whole and of these stages, and whether every artifact that it names is whole.
    /// </summary>
    public static Dictionary<Digest, bool> Traces(string workspace, StageState state)
    {
        var found = new Dictionary<Digest, bool>();
        if (Path.Combine(workspace, "traces") is var traces && Directory.Exists(traces))
            foreach (var path in Directory.EnumerateFiles(traces, "*", SearchOption.AllDirectories))
                if (Artifacts(path, state) is { } artifacts)
                    found[Digest.Parse(Path.GetFileName(path))] = artifacts.All(artifact =>
                        IsWhole(workspace, artifact));
        return found;
    }

    /// <summary>An artifact has other bytes, and the time of a file that nobody touched.</summary>
    public static bool HasUnseenDamage(string workspace) =>
        Path.Combine(workspace, "cas") is var artifacts && Directory.Exists(artifacts)
        && Directory.EnumerateFiles(artifacts, "*", SearchOption.AllDirectories).Any(path =>
            File.GetLastWriteTimeUtc(path) == Untouched
            && Hex(File.ReadAllBytes(path)) != Path.GetFileName(path));

    public static string PathOf(string workspace, Digest artifact) =>
        Path.Combine(workspace, "cas", artifact.ToString()[..2], artifact.ToString());

    /// <returns>Null where a bit of the trace is not as it was written, it is of another key,
    /// or of other stages inside.</returns>
    static List<Digest>? Artifacts(string path, StageState state)
    {
        var content = File.ReadAllBytes(path);
        if (content.Length < SealBytes
            || Encoding.ASCII.GetString(content, 0, SealBytes) != Hex(content[SealBytes..]) + "\n")
            return null;
        using var trace = JsonDocument.Parse(content.AsMemory(SealBytes));
        return trace.RootElement.GetProperty("key").GetString() == Path.GetFileName(path)
            && trace.RootElement.GetProperty("called").EnumerateArray().All(called => IsOf(called, state))
            ? [.. trace.RootElement.GetProperty("artifacts").EnumerateArray()
                .Select(artifact => Digest.Parse(artifact.GetProperty("digest").GetString()!))]
            : null;
    }

    static bool IsOf(JsonElement called, StageState state) =>
        called.GetProperty("version").GetInt32() == VersionOf(called.GetProperty("name").GetString(), state)
        && called.GetProperty("toolchain").GetString() == state.Toolchain;

    static int VersionOf(string? stage, StageState state) => stage == "Read" ? state.ReadVersion : 1;

    static bool IsWhole(string workspace, Digest artifact) =>
        PathOf(workspace, artifact) is var path && File.Exists(path)
        && Hex(File.ReadAllBytes(path)) == artifact.ToString();

    static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
