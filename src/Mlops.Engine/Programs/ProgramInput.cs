namespace Mlops.Engine;

/// <summary>Everything that may influence what a program gives: a program as a stage.</summary>
/// <param name="Run">
/// The program and its arguments, one by one, <c>${name}</c> standing for a parameter; or, for a
/// shell, its one script.
/// </param>
/// <param name="Shell">Whether <paramref name="Run"/> is a script for <c>sh</c>.</param>
/// <param name="Tools">The programs that are not among the inputs, each by version or by the digest
/// of its file.</param>
/// <param name="Inputs">All that lies in its folder when it starts: raw files and what other steps gave,
/// by name.</param>
/// <param name="Each">What it is executed for, one by one; null executes it once.</param>
/// <param name="Parameters">By name; also environment variables, with underscores for hyphens.</param>
/// <param name="Environment">Variables passed from outside, by the digests of their values.</param>
/// <param name="Secrets">
/// Names of variables passed from outside whose values change no output: they stand in no key, trace or text.
/// </param>
/// <param name="Outputs">Patterns of the files that it makes, relative to its folder.</param>
/// <param name="TimeoutSeconds">When it is ended; null lets it take its time.</param>
public sealed record ProgramInput(
    IReadOnlyList<string> Run,
    bool Shell,
    IReadOnlyList<ProgramTool> Tools,
    IReadOnlyList<SourceFile> Inputs,
    ProgramEach? Each,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<ProgramVariable> Environment,
    IReadOnlyList<string> Secrets,
    IReadOnlyList<string> Outputs,
    double? TimeoutSeconds);

/// <param name="Name">As it is called: looked for on the search path unless it is a full path.</param>
/// <param name="Version">What a person declared it to be; then its file may be any.</param>
/// <param name="Digest">Of its file, where no version is declared.</param>
public sealed record ProgramTool(string Name, string? Version, Digest? Digest);

/// <param name="Digest">Of the value in UTF-8.</param>
public sealed record ProgramVariable(string Name, Digest Digest);

/// <summary>What a program is executed for: files, or all combinations of some values.</summary>
public sealed record ProgramEach(IReadOnlyList<SourceFile>? Files, IReadOnlyList<ProgramAxis>? Matrix);

/// <summary>One placeholder and the values that it takes in turn.</summary>
public sealed record ProgramAxis(string Name, IReadOnlyList<string> Values);
