using System.Text.Json.Serialization;

namespace Mlops.Engine;

/// <param name="Files">What was declared as output, in ordinal order of the names.</param>
/// <param name="Executions">One, or one for each file or combination of values, in their order.</param>
public sealed record ProgramOutput(
    IReadOnlyList<ProgramFile> Files, IReadOnlyList<ProgramExecution> Executions);

/// <param name="Name">Relative to the program's folder, with forward slashes.</param>
public sealed record ProgramFile(string Name, Artifact File)
{
    /// <summary>As what takes it sees it: bytes under a name, whoever made them.</summary>
    public SourceFile AsSource(string name) => new(name, File.Digest, File.LengthBytes);
}

/// <param name="Item">The file or the values it was executed for; null where it was executed once.</param>
/// <param name="Output">What it wrote to standard output; null if nothing.</param>
/// <param name="Errors">What it wrote to standard error; null if nothing.</param>
public sealed record ProgramExecution(string? Item, int ExitCode, Artifact? Output, Artifact? Errors);

/// <summary>How the records of program stages are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProgramInput))]
[JsonSerializable(typeof(ProgramOutput))]
public sealed partial class ProgramsJson : JsonSerializerContext;
