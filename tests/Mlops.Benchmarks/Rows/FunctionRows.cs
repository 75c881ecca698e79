namespace Mlops.Benchmarks.Rows;

/// <summary>What the engine adds to steps that do next to nothing.</summary>
static class FunctionRows
{
    const int Steps = 1000;

    public static IEnumerable<Row> All(Playground playground)
    {
        var workspace = playground.Folder("graph", "workspace");
        yield return new Row(
            "cold",
            "1,000 independent functions in one process, each with its trace on disk; "
            + "the peers: 1,000 × `cp`",
            [Ours(Steps, () => { Directory.Delete(workspace, true); return "0"; }),
                .. Cold(playground, out var peers)], 3, peers.Absent);
        yield return new Row(
            "nothing-changed", "nothing changed: 1,000 keys made and looked up",
            [Ours(0, () => "0"), .. peers.Idle()], 5, peers.Absent);
        var salt = 0;
        yield return new Row(
            "one-changed", "one of 1,000 with another input",
            [Ours(1, () => FormattableString.Invariant($"{++salt}")), .. peers.OneChanged()],
            5, peers.Absent);

        // The salt has to be known before the command is: it is read from a file.
        Contender Ours(int executed, Func<string> salt) => new(
            "the engine", ["sh", "-c",
                $"exec {string.Join(' ', Playground.Self)} trivial-graph {workspace} {Steps} $(cat salt)"],
            playground.Folder("graph"), $"^{executed} executed",
            _ => File.WriteAllText(Path.Combine(playground.Folder("graph"), "salt"), salt()));
    }

    static IEnumerable<Contender> Cold(Playground playground, out Peers peers)
    {
        peers = Peers.Copying(playground.Folder("graph", "copies"), Steps, 64);
        return peers.Cold();
    }
}
