using System.Globalization;
using Mlops.Engine;
using Mlops.Reporting.Rendering;
using Scriban.Runtime;

namespace Mlops.Reporting.Audit;

/// <summary>
/// The steps that the pipeline declares itself: what ran, on which bytes, and what it made and said.
/// </summary>
static class ProgramSection
{
    /// <summary>Of files and executions.</summary>
    public const int Shown = 100;

    public static ScriptObject Of(AuditEvidence evidence) => Fields.Of(
        ("of_steps", evidence.IsOfSteps),
        ("programs", Fields.List(
            evidence.Input.Programs ?? [], program => Program(program, evidence.Captured))));

    static ScriptObject Program(ProgramEvidence program, IReadOnlyList<CapturedText> captured)
    {
        var (input, output) = (program.Input, program.Output);
        var inputs = input is null ? [] : input.Inputs.Concat(input.Each?.Files ?? []).ToList();
        return Fields.Of(
            ("name", program.Step.Step),
            ("chip", Marks.Chip(program.Step.State)),
            ("note", Prose.OrNull(program.Step.Note)),
            ("command", input is null
                ? null
                : new Prose(string.Join(' ', input.Run.Select(argument => Quoted(argument, input.Shell))))),
            ("facts", Fields.List(Facts(input, output),
                fact => Fields.Of(("label", fact.Label), ("text", new Prose(fact.Text))))),
            ("inputs", Fields.List(
                inputs.Take(Shown), file => File(file.Name, file.Digest, file.LengthBytes))),
            ("inputs_of", Counted.Of(inputs.Count, "input", "inputs")),
            ("outputs", Fields.List((output?.Files ?? []).Take(Shown),
                file => File(file.Name, file.File.Digest, file.File.LengthBytes))),
            ("outputs_of", Counted.Of(output?.Files.Count ?? 0, "output", "outputs")),
            ("executions", Fields.List(Executions(output).Take(Shown), Execution)),
            ("executions_of", Counted.Of(output?.Executions.Count ?? 0, "execution", "executions")),
            ("captured", Fields.List(captured.Where(text => text.Step == program.Step.Step), Captured)));
    }

    /// <summary>One that is alone is told of among the facts.</summary>
    static IEnumerable<ProgramExecution> Executions(ProgramOutput? output) =>
        (output?.Executions ?? []).Where(execution => execution.Item is not null);

    static ScriptObject Execution(ProgramExecution execution) => Fields.Of(
        ("item", execution.Item), ("exit_code", Show.Cell(execution.ExitCode)),
        ("output", Show.Digest(execution.Output?.Digest)), ("errors", Show.Digest(execution.Errors?.Digest)));

    static IEnumerable<(string Label, string Text)> Facts(ProgramInput? input, ProgramOutput? output)
    {
        if (input is null)
            yield break;
        if (output is not null)
            yield return ("Executions", $"{Counted.Of(output.Executions.Count)}, exit code "
                + string.Join(", ",
                    output.Executions.Select(execution => execution.ExitCode).Distinct().Order()
                        .Select(code => code.ToString(CultureInfo.InvariantCulture))));
        if (input.Each?.Matrix is { } matrix)
            yield return ("For each", string.Join(
                "; ", matrix.Select(axis => $"{axis.Name}: {string.Join(", ", axis.Values)}")));
        foreach (var (name, value) in input.Parameters)
            yield return ($"Parameter {name}", value);
        foreach (var tool in input.Tools)
            yield return ($"Program {tool.Name}", tool.Version ?? $"SHA-256 {tool.Digest}");
        foreach (var variable in input.Environment)
            yield return ($"Variable {variable.Name}", $"a value with SHA-256 {variable.Digest}");
        foreach (var secret in input.Secrets)
            yield return ($"Secret {secret}", "passed, recorded nowhere");
        if (input.TimeoutSeconds is { } seconds)
            yield return ("Time-out", Show.Seconds(seconds));
    }

    static string Quoted(string argument, bool isScript) =>
        isScript || (argument.Length > 0 && !argument.Any(char.IsWhiteSpace)) ? argument : $"\"{argument}\"";

    static ScriptObject File(string name, Digest digest, long bytes) =>
        Fields.Of(("name", name), ("digest", Show.Digest(digest)), ("bytes", Show.Cell(bytes)));

    static ScriptObject Captured(CapturedText text) => Fields.Of(
        ("title", text.Item is null ? text.Stream : $"{text.Stream}, {text.Item}"),
        ("shown", Counted.Of(text.Lines.Count)), ("of", Counted.Of(text.OfLines, "line", "lines")),
        ("lines", Fields.List(text.Lines, line => line)));
}
