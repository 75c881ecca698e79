using System.Text;
using Mlops.Engine;
using Scriban;

namespace Mlops.Reporting.Rendering;

/// <summary>The files that pages are made of, by file name; a page can use these and nothing else.</summary>
sealed class TemplateSet
{
    readonly SortedDictionary<string, string> texts = new(StringComparer.Ordinal);
    readonly Dictionary<string, Template> parsed = new(StringComparer.Ordinal);

    TemplateSet()
    {
    }

    /// <exception cref="ProblemException">REPORT-001: two files have one name.</exception>
    public static async Task<TemplateSet> Load(StageContext context, IReadOnlyList<SourceFile> files)
    {
        var set = new TemplateSet();
        foreach (var file in files)
        {
            using var reader = new StreamReader(context.OpenSource(file.Digest), Encoding.UTF8);
            var text = (await reader.ReadToEndAsync(context.Cancellation))
                .Replace("\r\n", "\n", StringComparison.Ordinal);
            if (!set.texts.TryAdd(FileName(file.Name), text))
                throw new ProblemException(new Problem(
                    "REPORT-001", $"Two templates are called '{FileName(file.Name)}'.", new Place(file.Name),
                    Next: "Rename one: templates find each other by file name alone."));
        }
        return set;
    }

    /// <exception cref="ProblemException">REPORT-002: there is no such file.</exception>
    public string Text(string name) => texts.TryGetValue(name, out var text)
        ? text
        : throw new ProblemException(new Problem(
            "REPORT-002", $"There is no template '{name}'.",
            Expected: $"one of {string.Join(", ", texts.Keys)}",
            Next: "Restore the file under reports/templates."));

    /// <exception cref="ProblemException">REPORT-003: the template does not parse.</exception>
    public Template Parsed(string name)
    {
        if (parsed.TryGetValue(name, out var known))
            return known;
        var template = Template.Parse(Text(name), name);
        if (template.HasErrors)
            throw new ProblemException([.. template.Messages.Select(message => new Problem(
                "REPORT-003", message.Message,
                new Place(name, message.Span.Start.Line + 1, message.Span.Start.Column + 1)))]);
        return parsed[name] = template;
    }

    static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
