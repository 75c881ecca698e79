using System.Globalization;
using Mlops.Engine;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Mlops.Reporting.Rendering;

/// <summary>
/// A template context that escapes every value it writes. There are no built-in functions, so a template
/// can loop, choose and print, and nothing else; what it prints was formatted before.
/// </summary>
sealed class EscapingContext : TemplateContext
{
    /// <summary>Printed where a template writes a value that nobody gave.</summary>
    public const string NotProvided = "not provided";

    EscapingContext(ScriptObject functions) : base(functions)
    {
    }

    public static EscapingContext Over(TemplateSet templates, ScriptObject page,
        CancellationToken cancellation)
    {
        var context = new EscapingContext(new ScriptObject { ["include"] = new IncludeFunction(templates) })
        {
            // The library's own limits cut output silently; the model is bounded where it is built instead.
            LoopLimit = 0,
            LimitToString = 0,
            OutputLimit = 0,
            RecursiveLimit = 20,
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedIndexerAccess = false,
            EnableRelaxedTargetAccess = false,
            EnableRelaxedFunctionAccess = false,
            EnableNullIndexer = false,
            NewLine = "\n",
            AutoIndent = false,
            MemberFilter = _ => false,
            CancellationToken = cancellation,
        };
        context.PushCulture(CultureInfo.InvariantCulture);
        context.PushGlobal(page);
        return context;
    }

    /// <summary>
    /// Printing nothing would hide that something is missing: a field without a value says so.
    /// </summary>
    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        var value = base.Evaluate(scriptNode, aliasReturnedFunction);
        if (value is null && scriptNode is ScriptMemberExpression { Parent: ScriptExpressionStatement } field)
            Write(field.Span, value);
        return value;
    }

    public override TemplateContext Write(SourceSpan span, object? textAsObject) => Write(textAsObject switch
    {
        null => NotProvided,
        Markup markup => markup.Text,
        Prose prose => VisibleText.Encode(prose.Text, VisibleText.ProseLength),
        string text => VisibleText.Encode(text),
        int number => number.ToString(CultureInfo.InvariantCulture),
        var other => throw new ScriptRuntimeException(span,
            $"A template may not write a {other.GetType().Name}."),
    });
}

/// <summary><c>include 'name'</c>: renders another of the given templates in place, escaped once.</summary>
sealed class IncludeFunction(TemplateSet templates) : IScriptCustomFunction
{
    public int RequiredParameterCount => 1;

    public int ParameterCount => 1;

    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.None;

    public Type ReturnType => typeof(object);

    public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(string), "name");

    public object Invoke(
        TemplateContext context, ScriptNode? callerContext, ScriptArray arguments,
        ScriptBlockStatement? blockStatement)
    {
        var span = callerContext?.Span ?? default;
        if (arguments[0] is not string name)
            throw new ScriptRuntimeException(span, "include takes the name of a template.");
        context.PushOutput();
        try
        {
            return new Markup(templates.Parsed(name).Render(context));
        }
        catch (ProblemException problem)
        {
            throw new ScriptRuntimeException(span, problem.Message, problem);
        }
        finally
        {
            context.PopOutput();
        }
    }

    public ValueTask<object?> InvokeAsync(
        TemplateContext context, ScriptNode? callerContext, ScriptArray arguments,
        ScriptBlockStatement? blockStatement) =>
        ValueTask.FromResult<object?>(Invoke(context, callerContext, arguments, blockStatement));
}
