using System.Text;
using CsCheck;

namespace Mlops.Engine.Tests.Laws;

enum EventKind
{
    Edit, EditToEqualNumber, EditKeepingTime, Touch, Rename, Delete, Restore,
    Parameter, AddVersion, ReadVersion, Toolchain, Fault, Clock,
    DamageArtifact, DamageTrace, DamageStep, DamageIndex, UnseenDamage,
    Leftovers, EmptyWorkspace, CopiedWorkspace, Nothing,
}

/// <summary>Something that happens between two runs, and how the next run is made.</summary>
/// <param name="Number">Which file, step or fault.</param>
/// <param name="Value">To what.</param>
/// <param name="Workers">1 to 8.</param>
/// <param name="Engines">How many at once over the workspace.</param>
/// <param name="CancelAt">The body with which the first engine is cancelled;
/// beyond all of them most of the time.</param>
sealed record HistoryEvent(EventKind Kind, int Number, int Value, int Workers, int Engines, int CancelAt)
{
    static readonly DateTime Old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static Gen<HistoryEvent> Gen { get; } = CsCheck.Gen.Select(
        CsCheck.Gen.Enum<EventKind>(), CsCheck.Gen.Int[0, 1000], CsCheck.Gen.Int[0, 5], CsCheck.Gen.Int[1, 8],
        CsCheck.Gen.Frequency(
            (6, CsCheck.Gen.Const(1)), (2, CsCheck.Gen.Const(2)), (1, CsCheck.Gen.Const(3))),
        CsCheck.Gen.Frequency((5, CsCheck.Gen.Const(int.MaxValue)), (1, CsCheck.Gen.Int[1, 6])),
        (kind, number, value, workers, engines, cancelAt) =>
            new HistoryEvent(kind, number, value, workers, engines, cancelAt));

    int Source => Number % GraphShape.SourceCount;

    public void Apply(World world)
    {
        switch (Kind)
        {
            case EventKind.Edit or EventKind.Restore:
                world.Write(Source, Value - 2, "");
                break;
            case EventKind.EditToEqualNumber when world.Files.TryGetValue(Source, out var file):
                world.Write(Source, file.Number, new string('!', Value));
                break;
            case EventKind.EditKeepingTime when world.Files.ContainsKey(Source):
                world.Write(Source, Value, "", Old);
                break;
            case EventKind.Touch when world.Files.ContainsKey(Source):
                File.SetLastWriteTimeUtc(PathOf(world), DateTime.UtcNow.AddDays(Value - 2));
                break;
            case EventKind.Rename:
                world.Rename(Source);
                break;
            case EventKind.Delete:
                world.Delete(Source);
                break;
            case EventKind.Parameter:
                world.Shape = world.Shape.With(Number, Value);
                break;
            case EventKind.AddVersion:
                world.State = world.State with { AddVersion = 1 + Value % 2 };
                break;
            case EventKind.ReadVersion:
                world.State = world.State with { ReadVersion = 1 + Value % 2 };
                break;
            case EventKind.Toolchain:
                world.State = world.State with { Toolchain = Value % 2 == 0 ? "none" : "some 2.0" };
                break;
            case EventKind.Fault:
                world.State = world.State with { Faulty = Toggled(world.State.Faulty) };
                break;
            case EventKind.Clock:
                world.Ahead = TimeSpan.FromMinutes(Value % 2 * 5);
                break;
            case EventKind.EmptyWorkspace or EventKind.CopiedWorkspace:
                world.MoveToAnotherWorkspace(Kind == EventKind.CopiedWorkspace);
                break;
            case EventKind.Leftovers:
                Leave(world);
                break;
            default:
                Damage(world);
                break;
        }
    }

    string PathOf(World world) => Path.Combine(world.Sources, world.Files[Source].Name);

    HashSet<string> Toggled(HashSet<string> faulty)
    {
        var what = (Number % 3) switch
        {
            0 => $"Add:{new string('a', Value)}",
            1 => $"Scale:{Value % 3}",
            _ => $"Read:{Value - 2}",
        };
        return faulty.Contains(what) ? [.. faulty.Except([what])] : [.. faulty, what];
    }

    void Leave(World world)
    {
        var claim = $"claims/{Digest.Of(Encoding.UTF8.GetBytes($"{Value}"))}";
        foreach (var name in (string[])["tmp/999999-1-1", "tmp/1-2-3/part", claim])
        {
            var path = Path.Combine(world.WorkspaceDirectory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "left by a process that is gone");
        }
    }

    void Damage(World world)
    {
        var pattern = Kind switch
        {
            EventKind.DamageArtifact or EventKind.UnseenDamage => "cas",
            EventKind.DamageTrace => "traces",
            EventKind.DamageStep => "steps",
            EventKind.DamageIndex => "",
            _ => null,
        };
        if (pattern is null || !Directory.Exists(Path.Combine(world.WorkspaceDirectory, pattern)))
            return;
        string[] files = pattern.Length == 0
            ? [.. Directory.EnumerateFiles(world.WorkspaceDirectory, "*.index")]
            : Directory.GetFiles(
                Path.Combine(world.WorkspaceDirectory, pattern), "*", SearchOption.AllDirectories);
        if (files.Length == 0)
            return;
        var path = files.Order(StringComparer.Ordinal).ElementAt(Number % files.Length);
        Change(path);
    }

    void Change(string path)
    {
        var content = File.ReadAllBytes(path);
        var time = File.GetLastWriteTimeUtc(path);
        File.Delete(path);
        var how = Kind == EventKind.UnseenDamage ? 1 : Value;
        if (how == 0)
            return;
        if (how < 4 && content.Length > 0)
            content[Number % content.Length] ^= (byte)(1 << (Number % 7));
        File.WriteAllBytes(path, how switch
        {
            < 4 => content,
            4 => content[..(content.Length / 2)],
            _ => [.. content, 0],
        });
        if (Kind == EventKind.UnseenDamage)
            File.SetLastWriteTimeUtc(path, time);
    }
}
