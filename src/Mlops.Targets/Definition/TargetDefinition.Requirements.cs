using System.Linq.Expressions;

namespace Mlops.Targets;

sealed partial class TargetDefinition
{
    public ITargetDefinition Requires(Func<bool> condition, string? text) =>
        Require(SourceText.BodyOf(text), isValue: false, condition);

    public ITargetDefinition Requires<T>(Func<T?> value, string? text) where T : class =>
        Require(SourceText.BodyOf(text), isValue: true, () => HasValue(value()));

    public ITargetDefinition Requires<T>(Func<T?> value, string? text) where T : struct =>
        Require(SourceText.BodyOf(text), isValue: true, () => value().HasValue);

    public ITargetDefinition Requires(
        Expression<Func<bool>> condition, params Expression<Func<bool>>[] conditions)
    {
        foreach (var one in conditions.Prepend(condition))
            Require(SourceText.BodyOf(one), isValue: false, () => one.Compile()());
        return this;
    }

    public ITargetDefinition Requires<T>(Expression<Func<T>> value, params Expression<Func<T>>[] values)
        where T : class
    {
        foreach (var one in values.Prepend(value))
            Require(SourceText.BodyOf(one), isValue: true, () => HasValue(one.Compile()()));
        return this;
    }

    public ITargetDefinition Requires<T>(Expression<Func<T?>> value, params Expression<Func<T?>>[] values)
        where T : struct
    {
        foreach (var one in values.Prepend(value))
            Require(SourceText.BodyOf(one), isValue: true, () => one.Compile()().HasValue);
        return this;
    }

    static bool HasValue(object? value) =>
        value is string text ? !string.IsNullOrWhiteSpace(text) : value is not null;

    TargetDefinition Require(string text, bool isValue, Func<bool> holds) =>
        Change(() => target.Requirements.Add(new Requirement(text, isValue, holds)));
}
