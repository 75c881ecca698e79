using System.Globalization;

namespace Mlops.Benchmarks;

/// <summary>
/// The same six commands in a row for ninja, make and Snakemake, each in a folder of its own.
/// </summary>
sealed class ChainPeers
{
    static readonly (string Output, string[] Inputs, string Command)[] Chain =
    [
        ("data.bin", ["raw.bin"], "cp raw.bin data.bin"),
        ("valid.bin", ["data.bin"], "head -c -16 data.bin > valid.bin"),
        ("model.bin", ["valid.bin"], "cp valid.bin model.bin"),
        ("score.txt", ["model.bin"], "wc -c < model.bin > score.txt"),
        ("package.txt", ["score.txt"], "cat score.txt > package.txt; echo 1 >> package.txt"),
        ("final.bin", ["package.txt", "model.bin"], "cp model.bin final.bin"),
    ];

    readonly List<Peer> present = [];

    public IReadOnlyList<string> Absent { get; } = Tools.Absent("ninja", "make", "snakemake", "dvc", "bazel");

    public static ChainPeers Of(string folder, byte[] raw)
    {
        var peers = new ChainPeers();
        peers.Add(folder, "ninja", "build.ninja", ["ninja"],
            "no work to do", raw, string.Concat(Chain.Select(step =>
                $"rule {step.Output}\n  command = {step.Command}\nbuild {step.Output}: "
                + $"{step.Output} {string.Join(' ', step.Inputs)}\n")));
        peers.Add(folder, "make", "Makefile", ["make", "-j2"],
            "up to date|Nothing to be done", raw, "all: final.bin\n" + string.Concat(
                Chain.Select(step => $"{step.Output}: {string.Join(' ', step.Inputs)}\n\t{step.Command}\n")));
        peers.Add(folder, "snakemake", "Snakefile", ["snakemake", "-j2"], "Nothing to be done", raw,
            "rule all:\n    input: 'final.bin'\n"
            + string.Concat(Chain.Select((step, number) => string.Create(
                CultureInfo.InvariantCulture,
                $"rule step{number}:\n    input: "
                + $"{string.Join(", ", step.Inputs.Select(input => $"'{input}'"))}\n"
                + $"    output: '{step.Output}'\n    shell: '{step.Command}'\n"))));
        return peers;
    }

    public IEnumerable<Contender> Cold() => present.Select(peer => Of(peer, "", _ => Clear(peer)));

    public IEnumerable<Contender> Idle() => present.Select(peer => Of(peer, peer.Idle, null));

    public IEnumerable<Contender> Touched() => present.Select(peer => Of(
        peer, "", _ => File.SetLastWriteTimeUtc(Path.Combine(peer.Folder, "raw.bin"), DateTime.UtcNow)));

    static Contender Of(Peer peer, string expected, Action<int>? before) => new(
        $"`{string.Join(' ', peer.Command)}`", peer.Command, peer.Folder, expected, before,
        () => File.Exists(Path.Combine(peer.Folder, "final.bin")) ? null : "no last output");

    static void Clear(Peer peer)
    {
        foreach (var step in Chain)
            File.Delete(Path.Combine(peer.Folder, step.Output));
    }

    void Add(string folder, string tool, string file, string[] command, string idle, byte[] raw, string text)
    {
        if (!Tools.Has(tool))
            return;
        var own = Directory.CreateDirectory(Path.Combine(folder, tool)).FullName;
        File.WriteAllBytes(Path.Combine(own, "raw.bin"), raw);
        File.WriteAllText(Path.Combine(own, file), text);
        present.Add(new Peer(own, command, idle));
    }

    sealed record Peer(string Folder, IReadOnlyList<string> Command, string Idle);
}
